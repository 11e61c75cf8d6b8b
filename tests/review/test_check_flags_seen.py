"""Each Check flag on a therapy that is cleared is ticked as seen, and the tick stays on record."""

import pytest
from factories import make_flag, make_practitioner, make_sent
from refusals import refused, run, stored, without

from clinic.errors import Refused
from intake.review import what_was_seen
from intake.review.models import Decision, FlagSeen
from intake.review.services import NotSeen, Opinion, decide, open_form
from intake.review.taking_back import TAKE_BACK
from intake.submission.models import Intake, Revision
from tests.review.changed_forms import changed, decided, first_sent, of
from tests.review.decision_forms import decision_for, every_tick

YES = [Opinion("massage", "suitable")]
NO = [Opinion("massage", "not_now", reason="Not yet.", next_step="later")]
LEVELS = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), "none")


def sent_with(patient, by, **flags: str) -> Revision:
    revision = make_sent(patient, wants=("massage",), flags=flags)
    open_form(intake=revision.intake, by=by.user)
    return revision


@pytest.fixture
def revision(patient, masseur) -> Revision:
    return sent_with(patient, masseur, anticoagulant_use="caution")


class TestClearingATherapy:
    def test_needs_each_check_flag_ticked(self, revision, masseur):
        with pytest.raises(NotSeen):
            decide(revision=revision, opinions=YES, by=masseur.user)

    def test_keeps_what_was_ticked(self, revision, masseur):
        flag = revision.flags.get()

        decision = decide(revision=revision, opinions=YES, by=masseur.user, flags_seen=[flag.pk])

        assert decision.flags_seen.get().flag == flag
        assert what_was_seen.matches(what_was_seen.stored(decision.pk))

    def test_takes_an_answer_as_well(self, revision, masseur):
        answers = {revision.flags.get().pk: ("tolerated_before", "")}
        decide(revision=revision, opinions=YES, by=masseur.user, flag_answers=answers)

        assert Decision.objects.count() == 1

    def test_needs_no_tick_for_a_no(self, revision, masseur):
        decide(revision=revision, opinions=NO, by=masseur.user)

        assert not FlagSeen.objects.exists()

    def test_needs_no_tick_for_what_weighs_on_another_therapy(self, patient, masseur):
        revision = sent_with(patient, masseur)
        make_flag(revision, "needle_fear", 2, levels=LEVELS | {"acupuncture": "caution"})

        decide(revision=revision, opinions=YES, by=masseur.user)

        assert Decision.objects.count() == 1

    def test_needs_no_tick_for_a_note(self, patient, masseur):
        decide(
            revision=sent_with(patient, masseur, family_history="note"),
            opinions=YES,
            by=masseur.user,
        )

        assert Decision.objects.count() == 1

    def test_takes_no_tick_of_another_form(self, revision, masseur, other_patient):
        other = make_sent(other_patient, flags={"anticoagulant_use": "caution"})

        with pytest.raises(Refused, match="not on this form"):
            seen = [each.flags.get().pk for each in (revision, other)]
            decide(revision=revision, opinions=YES, by=masseur.user, flags_seen=seen)


CLEAR = """
    INSERT INTO review_clearance (patient_id, revision_id, state, valid_from, valid_until,
                                  sessions, together, created_at)
    SELECT i.patient_id, r.id, 'live', current_date, current_date + 7, 1, false,
           now() + interval '11 minutes'
    FROM submission_revision r JOIN submission_intake i ON i.id = r.intake_id WHERE r.id = %s;
    INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id, second_id)
    SELECT max(c.id), 'massage', %s, %s FROM review_clearance c
"""


def forge(decision: Decision, second: Decision | None = None) -> None:
    other = second.verdicts.get().pk if second else None
    run(CLEAR, (decision.revision_id, decision.verdicts.get().pk, other))


class TestWhatPostgreSQLRefuses:
    NAME = "checks_seen_before_clearing"

    @pytest.fixture(params=["nobody ticked", "the second person did not"])
    def pair(self, request, patient, masseur) -> tuple[Decision, Decision | None]:
        """Decisions that have cleared nothing yet, and a flag that one of them never ticked."""
        revision = sent_with(patient, masseur)
        ana = make_practitioner("ana@example.org", "Ana Marsh", "massage")
        alone = request.param == "nobody ticked"
        several = [
            decide(revision=revision, opinions=YES, by=each.user, wait=TAKE_BACK)
            for each in ([masseur] if alone else [ana, masseur])
        ]
        flag = make_flag(revision, "scar", 2, levels=LEVELS | {"massage": "caution"})
        if alone:
            return several[0], None
        FlagSeen.objects.create(decision=several[1], flag=flag)
        return several[1], several[0]

    def test_is_a_clearance_past_a_check_flag(self, pair):
        with refused(self.NAME):
            forge(*pair)

    def test_twin(self, pair):
        without("review_clearedtherapy", self.NAME)
        forge(*pair)
        assert stored("review_clearedtherapy") == 1

    EARLIER = "seen_by_the_document_of_today"
    AS_BEFORE = """
        INSERT INTO review_seen (decision_id, digest, decided_by, version, beside, at)
        SELECT id, repeat('0', 64), 'Mei', %s, %s, now() FROM review_decision
    """
    OLDER = [(1, b"x"), (2, b"x"), (3, None)]
    """Nothing of ticks; nothing of what stood beside; of today, and without it."""

    @pytest.fixture
    def unseen(self, revision, masseur) -> None:
        run("ALTER TABLE review_seen DISABLE TRIGGER review_seen_append_only")
        decide(revision=revision, opinions=NO, by=masseur.user, wait=TAKE_BACK)
        run("DELETE FROM review_seen")

    @pytest.mark.parametrize("document", OLDER)
    def test_is_a_document_that_says_less_than_today(self, unseen, document):
        with refused(self.EARLIER):
            run(self.AS_BEFORE, document)

    @pytest.mark.parametrize("document", OLDER)
    def test_is_a_document_that_says_less_than_today_twin(self, unseen, document):
        without("review_seen", self.EARLIER)
        run(self.AS_BEFORE, document)
        assert stored("review_seen") == 1


class TestADecisionFromBefore:
    """Made before anybody was asked to tick: its document is of the first version."""

    @pytest.fixture
    def earlier(self, revision, masseur, monkeypatch) -> Decision:
        without("review_seen", TestWhatPostgreSQLRefuses.EARLIER)
        monkeypatch.setattr(what_was_seen, "VERSION", 1)
        flags = [revision.flags.get().pk]
        return decide(
            revision=revision, opinions=YES, by=masseur.user, flags_seen=flags, wait=TAKE_BACK
        )

    def test_still_matches(self, earlier):
        built = what_was_seen.rebuilt(what_was_seen.stored(earlier.pk))

        assert b"flags_seen" not in built
        assert what_was_seen.matches(what_was_seen.stored(earlier.pk))

    def test_clears_as_it_did(self, earlier):
        without("review_flagseen", "review_flagseen_append_only")
        FlagSeen.objects.all().delete()

        forge(earlier)

        assert stored("review_clearedtherapy") == 1


@pytest.fixture
def opened(patient, practitioner) -> Revision:
    """Two findings of one concern, one of another, and one that only the eye reads."""
    flags = ("anticoagulant_use", "bleeding_disorder", "frailty_older")
    revision = make_sent(patient, flags=dict.fromkeys(flags, "caution") | {"scar": "note"})
    open_form(intake=revision.intake, by=practitioner.user)
    return revision


class TestThePage:
    def decide(self, client, revision: Revision, **typed: object):
        address = f"/reviews/{revision.intake.reference}/decide/"
        reasons = {f"{therapy}_reason": "Steady." for therapy in revision.wanted}
        return client.post(address, decision_for(revision, **reasons, **typed))

    def test_has_one_tick_for_each_concern(self, signed_in, opened):
        page = signed_in.get(f"/reviews/{opened.intake.reference}/").content.decode()

        assert page.count('name="flags_seen"') == len(every_tick(opened)) == 2

    def test_ticks_nothing_beforehand(self, signed_in, opened):
        page = signed_in.get(f"/reviews/{opened.intake.reference}/").content.decode()

        boxes = [part.split(">")[0] for part in page.split('name="flags_seen"')[1:]]
        assert not any("checked" in box for box in boxes)

    def test_says_which_one_was_not_ticked_and_keeps_the_others(self, signed_in, opened):
        first = every_tick(opened)[0]

        answer = self.decide(signed_in, opened, flags_seen=[first])

        page = answer.content.decode()
        boxes = [part.split(">")[0] for part in page.split('name="flags_seen"')[1:]]
        assert [("checked" in box) for box in boxes] == [True, False]
        assert answer.status_code == 422
        assert "Read these Check flags, and tick them: " in page
        assert 'href="#id_flags_seen_0"' in page
        assert not Decision.objects.exists()

    def test_stores_what_was_ticked(self, signed_in, opened):
        answer = self.decide(signed_in, opened)

        assert answer.status_code == 302
        assert FlagSeen.objects.count() == 3

    @pytest.mark.parametrize("forged", ["x", "0", "-", "9" * 30, "١"])
    def test_takes_what_is_no_tick_for_nothing(self, signed_in, opened, forged):
        assert self.decide(signed_in, opened, flags_seen=[forged]).status_code == 422

    def test_asks_nothing_where_nothing_is_cleared(self, signed_in, opened):
        no = {t: "not_now" for t in opened.wanted}
        steps = {f"{t}_next_step": "see_doctor" for t in opened.wanted}

        assert self.decide(signed_in, opened, flags_seen=[], **no, **steps).status_code == 302

    def test_shows_later_what_was_ticked(self, signed_in, opened):
        self.decide(signed_in, opened)
        decision = Decision.objects.get()

        address = f"/reviews/{opened.intake.reference}/decisions/{decision.pk}/"
        assert "Check flags ticked as seen" in signed_in.get(address).content.decode()


class TestKeepingADecision:
    @pytest.fixture
    def cleared(self, complete, practitioner) -> Intake:
        return decided(first_sent(complete), practitioner.user)

    def keep(self, client, revision: Revision, **more: object):
        address = f"/reviews/{revision.intake.reference}/keep/"
        page = {"revision": revision.pk, "drawn_for": client.session["_auth_user_id"], "seen": 0}
        return client.post(address, page | more, follow=True)

    def test_needs_a_tick_for_a_new_check_flag(
        self, signed_in, cleared, questions, today, practitioner
    ):
        revision = changed(cleared, questions, today, needle_fear="yes")
        open_form(intake=of(revision), by=practitioner.user)
        page = signed_in.get(f"/reviews/{cleared.reference}/").content.decode()
        assert "New, or not as it was" in page

        refusal = self.keep(signed_in, revision).content.decode()
        assert "A Check flag is new, or not as it was." in refusal
        new = revision.flags.get(code="needle_fear")
        kept = self.keep(signed_in, revision, flags_seen=[new.pk]).content.decode()
        assert "is kept for what they sent last" in kept

    def test_carries_the_ticks_for_what_is_the_same(
        self, signed_in, cleared, questions, today, practitioner
    ):
        ticked = Decision.objects.get().flags_seen.count()
        revision = changed(cleared, questions, today, own_words="A little better.")
        open_form(intake=of(revision), by=practitioner.user)

        kept = self.keep(signed_in, revision).content.decode()

        assert "is kept for what they sent last" in kept
        assert Decision.objects.latest("pk").flags_seen.count() == ticked > 0
