"""A decision that is begun is kept for its writer: on the way, beside a newer form, taken back."""

from datetime import timedelta

import pytest
from decision_forms import decision_for, gone_out
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_sent
from signing_in import client_of

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.review import drafts
from intake.review.draft_models import DecisionDraft
from intake.review.models import Clearance, Decision, PrivateNote, Rescreening
from intake.review.private_notes import note_of
from intake.review.services import open_form, step
from intake.review.taking_back import take_back
from intake.submission.services import move
from tests.refusals import run
from tests.review.changed_forms import changed, first_sent, of

WORDS = "Side lying, a pillow between the knees."
QUIETLY = {"Accept": "application/json"}


@pytest.fixture
def revision(patient):
    return make_sent(patient, flags={"heart_failure": "consult_first", "diabetes": "caution"})


@pytest.fixture
def case(revision) -> str:
    return f"/reviews/{revision.intake.reference}/"


def begun(revision, **changes) -> dict:
    """What a page sends whose writer has got as far as one therapy."""
    half = {"acupuncture": "not_now", "massage_precautions": WORDS, "for_patient": ""}
    typed = decision_for(revision) | {"seen": "0", "keep": "1"} | half | changes
    return {name: value for name, value in typed.items() if name != "massage"}


def form_on(client, case):
    return client.get(case).context["form"]


class TestWhatIsBegun:
    def test_is_there_again_and_says_since_when(self, signed_in, revision, case):
        signed_in.get(case)
        answer = signed_in.post(f"{case}decide/", begun(revision), follow=True)

        page = answer.content.decode()
        assert "What you wrote is kept for you alone" in page
        assert "You began this on" in page
        form = answer.context["form"]
        assert form["acupuncture"].value() == "not_now"
        assert form["massage_precautions"].value() == WORDS
        assert form["massage"].value() is None
        assert form["flags_seen"].value() == begun(revision)["flags_seen"]
        assert form["together"].value() is True
        assert not form.errors

    def test_decides_nothing(self, signed_in, revision, case):
        whole = decision_for(revision) | {"seen": "0", "keep": "1"}
        signed_in.post(f"{case}decide/", whole)

        assert gone_out() == 0
        assert not Decision.objects.exists() and not Clearance.objects.exists()

    def test_is_kept_quietly_with_the_time(self, signed_in, revision, case):
        answer = signed_in.post(f"{case}decide/", begun(revision), headers=QUIETLY)

        assert set(answer.json()) == {"kept"}
        assert form_on(signed_in, case)["massage_precautions"].value() == WORDS

    def test_is_kept_too_when_something_is_missing_or_only_looked_at(
        self, signed_in, revision, case
    ):
        for button in ({}, {"preview": "1"}):
            DecisionDraft.objects.all().delete()
            typed = begun(revision) | button
            del typed["keep"]
            signed_in.post(f"{case}decide/", typed)

            assert form_on(signed_in, case)["massage_precautions"].value() == WORDS

    def test_is_seen_by_nobody_else(self, signed_in, masseur, revision, case):
        signed_in.post(f"{case}decide/", begun(revision))

        page = client_of(masseur.user).get(case)
        assert WORDS not in page.content.decode()
        assert "You began this" not in page.content.decode()

    def test_is_stored_encrypted(self, signed_in, revision, case):
        signed_in.post(f"{case}decide/", begun(revision))

        assert WORDS.encode() not in bytes(run("SELECT typed FROM review_decisiondraft")[0])

    def test_keeps_nothing_of_the_page_itself(self, signed_in, revision, case):
        signed_in.post(f"{case}decide/", begun(revision, private_text="Ask about the fall."))

        kept = DecisionDraft.objects.get().typed
        assert not {"csrfmiddlewaretoken", "seen", "drawn_for", "keep", "private_text"} & set(kept)

    def test_is_thrown_away_when_asked_and_the_note_stays(
        self, signed_in, revision, case, practitioner
    ):
        signed_in.post(f"{case}decide/", begun(revision, private_text="Ask about the fall."))

        typed = begun(revision, private_text="Ask about the fall.") | {"discard": "1"}
        page = signed_in.post(f"{case}decide/", typed, follow=True)

        assert "thrown away" in page.content.decode()
        assert not page.context["form"]["massage_precautions"].value()
        assert note_of(revision.intake, practitioner.user) == "Ask about the fall."

    def test_is_kept_from_a_page_of_ones_own_only(self, signed_in, masseur, revision, case):
        signed_in.post(f"{case}decide/", begun(revision, drawn_for=masseur.user.pk))
        signed_in.post(f"{case}decide/", begun(revision, drawn_for=""))

        assert not DecisionDraft.objects.exists()

    def test_that_a_script_may_not_keep_leaves_no_message_for_the_next_page(
        self, signed_in, masseur, revision, case
    ):
        for wrong in ({"drawn_for": masseur.user.pk}, {"drawn_for": ""}, {"revision": 999}):
            typed = begun(revision) | wrong
            answer = signed_in.post(f"{case}decide/", typed, headers=QUIETLY)
            assert (answer.status_code, list(answer.json())) == (409, ["error"])

        page = signed_in.get(case).content.decode()
        assert "Nothing was stored" not in page
        assert not DecisionDraft.objects.exists()

    def test_is_for_practitioners(self, revision, patient):
        with pytest.raises(NotAllowed):
            drafts.save_draft(revision=revision, by=patient.account, typed=QueryDict("a=b"))
        with pytest.raises(NotAllowed):
            drafts.discard(intake=revision.intake, by=patient.account)

    def test_costs_the_page_no_query(self, signed_in, revision, case):
        signed_in.get(case)
        with CaptureQueriesContext(connection) as without:
            signed_in.get(case)
        signed_in.post(f"{case}decide/", begun(revision))

        with CaptureQueriesContext(connection) as beside:
            assert "You began this" in signed_in.get(case).content.decode()

        assert len(beside) == len(without)


class TestBesideANewerForm:
    @pytest.fixture
    def opened(self, complete, practitioner):
        revision = first_sent(complete)
        open_form(intake=of(revision), by=practitioner.user)
        return revision

    def page_after(self, client, opened, typed, send):
        case = f"/reviews/{opened.intake.reference}/"
        assert client.post(f"{case}decide/", typed, headers=QUIETLY).status_code == 200
        send()
        return client.get(case)

    def test_words_stay_and_what_was_chosen_is_chosen_again(
        self, signed_in, opened, questions, today
    ):
        stops = {f"flag_{flag.pk}": "confirmed_with_doctor" for flag in opened.flags.all()}
        chosen = {"massage": "suitable_with_changes", "weeks": "26", "sessions": "24"}
        typed = begun(opened) | stops | chosen
        page = self.page_after(
            signed_in,
            opened,
            typed,
            lambda: changed(of(opened), questions, today, heart_failure="yes"),
        )

        form = page.context["form"]
        assert form["massage_precautions"].value() == WORDS
        assert form["massage"].value() is None and form["acupuncture"].value() is None
        assert not form["flags_seen"].value() and not form["together"].value()
        assert not any(form[name].value() for name in form.fields if name.startswith("flag_"))
        assert (form["weeks"].value(), form["sessions"].value()) != ("26", "24")
        assert "Something has happened on this form since." in page.content.decode()

    def test_words_about_what_is_not_asked_any_more_are_given_back(
        self, signed_in, opened, questions, today
    ):
        page = self.page_after(
            signed_in,
            opened,
            begun(opened),
            lambda: changed(of(opened), questions, today, wants=["acupuncture"]),
        )

        assert [said for _, said in page.context["form"].left_over] == [WORDS]
        assert "This is not asked any more" in page.content.decode()


class TestBesideNewsOfTheSameForm:
    """Nothing was sent anew, and yet something is known that was not."""

    @pytest.fixture
    def opened(self, signed_in, revision, case):
        signed_in.get(case)
        typed = begun(revision) | {"massage": "suitable_with_changes"}
        signed_in.post(f"{case}decide/", typed, headers=QUIETLY)
        return revision

    def shows_words_only(self, client, case):
        form = form_on(client, case)
        assert form["massage_precautions"].value() == WORDS
        assert form["massage"].value() is None and not form["flags_seen"].value()

    def test_choices_are_there_while_nothing_happens(self, signed_in, opened, case):
        """Else the tests below would prove nothing."""
        assert form_on(signed_in, case)["massage"].value() == "suitable_with_changes"

    def test_choices_are_made_again_once_the_form_has_moved(
        self, signed_in, opened, case, practitioner
    ):
        step(intake=opened.intake, name="ask", by=practitioner.user)
        move(intake=opened.intake, name="answered_by_phone", by=practitioner.user)

        self.shows_words_only(signed_in, case)

    def test_choices_are_made_again_once_newer_rules_were_read(self, signed_in, opened, case):
        rescreening = Rescreening(revision=opened, rule_set=opened.rule_set)
        rescreening.acupuncture = rescreening.massage = 0
        rescreening.save()

        self.shows_words_only(signed_in, case)


class TestWhatWasStored:
    @pytest.fixture
    def decision(self, signed_in, patient, other_patient):
        self.sent = make_sent(other_patient)
        self.case = f"/reviews/{self.sent.intake.reference}/"
        signed_in.get(self.case)
        typed = decision_for(self.sent, massage_precautions=WORDS) | {"seen": "0"}
        signed_in.post(f"{self.case}decide/", typed)
        return Decision.objects.get()

    def test_is_not_begun_any_more(self, decision, signed_in):
        assert "You began this" not in signed_in.get(self.case).content.decode()

    def test_has_its_words_again_when_it_is_taken_back(self, decision, signed_in, practitioner):
        take_back(decision=decision, by=practitioner.user)

        form = form_on(signed_in, self.case)
        assert form["massage"].value() == "suitable_with_changes"
        assert form["massage_precautions"].value() == WORDS
        assert form["for_patient"].value() == "You can book both together."

    def test_leaves_no_copy_once_it_has_gone_out(self, decision):
        assert DecisionDraft.objects.count() == 1

        assert gone_out() == 1

        assert not DecisionDraft.objects.exists()

    def test_is_not_begun_again_by_a_page_that_is_older(self, decision, signed_in):
        """What a script sends may come in after the decision itself."""
        late = begun(self.sent, massage_precautions="Late.")
        answer = signed_in.post(f"{self.case}decide/", late, headers=QUIETLY)

        assert answer.status_code == 409
        assert "You began this" not in signed_in.get(self.case).content.decode()
        assert DecisionDraft.objects.get().decision == decision

    def test_is_not_begun_again_once_it_has_gone_out(self, decision, signed_in):
        gone_out()

        late = begun(self.sent, massage_precautions="Late.")
        assert signed_in.post(f"{self.case}decide/", late, headers=QUIETLY).status_code == 409

        assert not DecisionDraft.objects.exists()

    def test_keeps_its_words_when_only_the_note_is_written(self, decision, signed_in, practitioner):
        drawn = form_on(signed_in, self.case)
        untouched = {
            name: drawn[name].value() or "" for name in ("weeks", "sessions", "for_patient")
        }
        untouched |= {
            "revision": self.sent.pk,
            "drawn_for": practitioner.user.pk,
            "seen": decision.pk,
            "private_text": "Call her son.",
            "keep": "1",
        }
        signed_in.post(f"{self.case}decide/", untouched, headers=QUIETLY)

        assert note_of(self.sent.intake, practitioner.user) == "Call her son."
        assert "You began this" not in signed_in.get(self.case).content.decode()
        take_back(decision=decision, by=practitioner.user)
        assert form_on(signed_in, self.case)["massage_precautions"].value() == WORDS

    def test_taken_back_outlives_what_a_colleague_sends_out(
        self, decision, signed_in, practitioner
    ):
        take_back(decision=decision, by=practitioner.user)

        drafts.gone_out(self.sent.intake)

        assert form_on(signed_in, self.case)["massage_precautions"].value() == WORDS

    def test_can_be_begun_again_from_a_page_that_shows_it(self, decision, signed_in):
        later = begun(self.sent, massage_precautions="Later.", seen=decision.pk)
        signed_in.post(f"{self.case}decide/", later)

        assert form_on(signed_in, self.case)["massage_precautions"].value() == "Later."

    def test_can_be_begun_again_after_it_was_taken_back(self, decision, signed_in, practitioner):
        take_back(decision=decision, by=practitioner.user)
        signed_in.post(f"{self.case}decide/", begun(self.sent, massage_precautions="Again."))

        assert form_on(signed_in, self.case)["massage_precautions"].value() == "Again."

    def test_of_a_colleague_stays_begun(self, decision, masseur):
        typed = begun(self.sent, drawn_for=masseur.user.pk, seen=decision.pk)
        client_of(masseur.user).post(f"{self.case}decide/", typed)

        gone_out()

        assert [each.by for each in DecisionDraft.objects.all()] == [masseur.user]


class TestThePrivateNote:
    def test_is_sent_with_the_decision_and_is_no_part_of_it(
        self, signed_in, other_patient, practitioner
    ):
        sent = make_sent(other_patient)
        case = f"/reviews/{sent.intake.reference}/"
        signed_in.get(case)
        typed = decision_for(sent, private_text="Call her son.") | {"seen": "0"}
        signed_in.post(f"{case}decide/", typed)

        assert Decision.objects.get().note == ""
        assert note_of(sent.intake, practitioner.user) == "Call her son."

    def test_leaves_no_trace_where_nothing_is_noted(self, signed_in, revision, case):
        signed_in.post(f"{case}decide/", begun(revision, private_text=""))

        assert not PrivateNote.objects.exists()
        assert not Event.objects.filter(action="note_saved").exists()

    def test_is_not_undone_by_a_page_on_which_it_was_not_changed(
        self, signed_in, revision, case, practitioner
    ):
        """Drawn before it was written on another one."""
        signed_in.post(f"{case}note/", {"text": "Call her son."})
        signed_in.post(f"{case}decide/", begun(revision, private_text="", private_was=""))
        assert note_of(revision.intake, practitioner.user) == "Call her son."

        typed = begun(revision, private_text="", private_was="Call her son.")
        signed_in.post(f"{case}decide/", typed)
        assert note_of(revision.intake, practitioner.user) == ""

    def test_that_was_just_typed_stays_when_the_rest_is_thrown_away(
        self, signed_in, revision, case, practitioner
    ):
        typed = begun(revision, private_text="Call her son.") | {"discard": "1"}
        signed_in.post(f"{case}decide/", typed)

        assert note_of(revision.intake, practitioner.user) == "Call her son."

    def test_stays_as_it_was_when_a_page_sends_none(self, signed_in, revision, case, practitioner):
        signed_in.post(f"{case}note/", {"text": "Call her son."})
        signed_in.post(f"{case}decide/", begun(revision))

        assert note_of(revision.intake, practitioner.user) == "Call her son."

    def test_that_is_too_long_loses_no_word_and_stores_no_decision(
        self, signed_in, other_patient, practitioner
    ):
        sent = make_sent(other_patient)
        case = f"/reviews/{sent.intake.reference}/"
        signed_in.get(case)
        typed = decision_for(sent, private_text="y" * 4001) | {"seen": "0"}

        answer = signed_in.post(f"{case}decide/", typed)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "longer than 4,000 characters" in page and "y" * 4001 in page
        assert not Decision.objects.exists()
        quiet = signed_in.post(f"{case}decide/", typed | {"keep": "1"}, headers=QUIETLY)
        assert quiet.status_code == 409

    def test_comes_back_with_a_decision_that_was_refused(self, signed_in, revision, case):
        typed = begun(revision, private_text="Call her son.")
        del typed["keep"]

        page = signed_in.post(f"{case}decide/", typed).content.decode()

        assert ">Call her son.</textarea>" in page


def test_two_presses_at_once_leave_one_draft(signed_in, revision, case):
    for _ in range(2):
        signed_in.post(f"{case}decide/", begun(revision), headers=QUIETLY)

    assert DecisionDraft.objects.count() == 1
    assert DecisionDraft.objects.get().saved_at > timezone.now() - timedelta(minutes=1)
