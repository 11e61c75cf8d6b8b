"""An emergency flag is answered in one way only: resolved after contact."""

import pytest
from decision_forms import decision_for
from factories import make_sent
from refusals import refused, run, stored, without

from intake.review.keeping import NewStop, keep
from intake.review.models import Decision, FlagAnswer, Outcome
from intake.review.services import EmergencyOpen, OnlyAfterContact, Opinion, decide, open_form
from intake.review.urgent import note_contact
from intake.submission.models import Revision
from tests.review.changed_forms import changed, first_sent, of
from tests.submission.changes import said

NAME = "emergency_flag_answered_after_contact"
NOT_NOW = [Opinion("massage", "not_now", "Not yet.", next_step="today")]
YES = [Opinion("massage", "suitable")]
BOTH = [*YES, Opinion("acupuncture", "suitable")]
RESOLVED = "resolved_after_contact"


def sent_with(patient, practitioner, level: str) -> Revision:
    codes = {"emergency": "em_stroke", "consult_first": "heart_failure"}
    sent = make_sent(patient, wants=("massage",), flags={codes[level]: level})
    open_form(intake=sent.intake, by=practitioner.user)
    return sent


@pytest.fixture
def urgent(patient, practitioner) -> Revision:
    return sent_with(patient, practitioner, "emergency")


@pytest.fixture
def ordinary(patient, practitioner) -> Revision:
    return sent_with(patient, practitioner, "consult_first")


def spoken_to(sent: Revision, by, outcome: str = Outcome.RESOLVED) -> None:
    note_contact(intake=sent.intake, outcome=outcome, found="A cramp.", by=by.user, seen=None)


def decided(sent: Revision, by, reason: str, opinions=NOT_NOW) -> Decision:
    answers = {flag.pk: (reason, "A cramp.") for flag in sent.flags.all()}
    return decide(revision=sent, opinions=opinions, by=by.user, flag_answers=answers)


class TestThePage:
    def test_offers_nothing_else(self, signed_in, urgent):
        page = signed_in.get(f"/reviews/{urgent.intake.reference}/").content.decode()

        assert f'<option value="{RESOLVED}">Resolved after contact</option>' in page
        assert "Known and tolerated before" not in page

    def test_offers_it_for_no_other_flag(self, signed_in, ordinary):
        page = signed_in.get(f"/reviews/{ordinary.intake.reference}/").content.decode()

        assert "Resolved after contact" not in page
        assert "Known and tolerated before" in page

    @pytest.mark.parametrize(
        ("answer", "text", "sentence"),
        [
            (RESOLVED, "", "In a few words, say what you did about:"),
            ("tolerated_before", "x", "Select a valid choice."),
        ],
    )
    def test_asks_for_words_and_refuses_what_it_did_not_offer(
        self, signed_in, urgent, practitioner, answer, text, sentence
    ):
        spoken_to(urgent, practitioner)
        flag = f"flag_{urgent.flags.get().pk}"

        typed = decision_for(urgent, **{flag: answer, f"{flag}_text": text})
        page = signed_in.post(f"/reviews/{urgent.intake.reference}/decide/", typed)

        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert not Decision.objects.exists()


class TestTheService:
    @pytest.mark.parametrize("opinions", [YES, NOT_NOW])
    @pytest.mark.parametrize("reason", ["tolerated_before", "other", ""])
    def test_takes_no_other_answer(self, urgent, practitioner, reason, opinions):
        spoken_to(urgent, practitioner)

        with pytest.raises(OnlyAfterContact):
            decided(urgent, practitioner, reason, opinions)

    @pytest.mark.parametrize("outcome", [None, Outcome.NO_ANSWER, Outcome.SENT_ON])
    def test_takes_it_only_after_a_contact_that_resolved_it(self, urgent, practitioner, outcome):
        if outcome:
            spoken_to(urgent, practitioner, outcome)

        with pytest.raises(EmergencyOpen):
            decided(urgent, practitioner, RESOLVED)

    def test_takes_it_for_no_other_flag(self, ordinary, practitioner):
        spoken_to(ordinary, practitioner)

        with pytest.raises(OnlyAfterContact):
            decided(ordinary, practitioner, RESOLVED)

    @pytest.mark.parametrize("opinions", [YES, NOT_NOW])
    def test_takes_it_once_it_is_resolved(self, urgent, practitioner, opinions):
        spoken_to(urgent, practitioner)

        decided(urgent, practitioner, RESOLVED, opinions)

        assert FlagAnswer.objects.get().reason == RESOLVED

    def test_not_now_needs_no_answer(self, urgent, practitioner):
        decide(revision=urgent, opinions=NOT_NOW, by=practitioner.user)

        assert not FlagAnswer.objects.exists()


class TestTheDatabase:
    """Beside a decision that answered nothing, as SQL of another hand would write it."""

    @pytest.fixture(params=["another answer", "nobody called", "sent on", "another flag"])
    def answer(self, request, patient, practitioner) -> FlagAnswer:
        level = "consult_first" if request.param == "another flag" else "emergency"
        sent = sent_with(patient, practitioner, level)
        if request.param != "nobody called":
            spoken_to(sent, practitioner)
        if request.param == "sent on":
            spoken_to(sent, practitioner, Outcome.SENT_ON)
        decision = decide(revision=sent, opinions=NOT_NOW, by=practitioner.user)
        reason = "other" if request.param == "another answer" else RESOLVED
        return FlagAnswer(decision=decision, flag=sent.flags.get(), reason=reason)

    def test_refuses_it(self, answer):
        with refused(NAME):
            answer.save()

    def test_twin(self, answer):
        without("review_flaganswer", NAME)
        answer.save()
        assert stored("review_flaganswer") == 1


class TestKeepingADecision:
    @pytest.mark.parametrize("reason", [RESOLVED, "tolerated_before"])
    def test_repeats_an_answer_that_could_be_given_today(
        self, complete, questions, today, practitioner, reason
    ):
        """Answers from before the rule stay as they are; on a changed form they are given anew."""
        first = first_sent(said(complete, em_stroke="yes"))
        spoken_to(first, practitioner)
        open_form(intake=first.intake, by=practitioner.user)
        decide(revision=first, opinions=BOTH, by=practitioner.user, flag_answers=answers_to(first))
        run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # as a commit would
        without("review_flaganswer", "review_flaganswer_append_only")
        FlagAnswer.objects.filter(flag__rank=5).update(reason=reason)
        again = changed(of(first), questions, today, em_stroke="yes")
        spoken_to(again, practitioner)
        open_form(intake=of(again), by=practitioner.user)

        if reason == RESOLVED:
            assert keep(revision=again, by=practitioner.user)
        else:
            with pytest.raises(NewStop):
                keep(revision=again, by=practitioner.user)


def answers_to(sent: Revision) -> dict[int, tuple[str, str]]:
    ordinary = ("confirmed_with_doctor", "")
    return {f.pk: (RESOLVED, "A cramp.") if f.rank == 5 else ordinary for f in sent.flags.all()}
