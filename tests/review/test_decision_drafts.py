"""A decision that is begun is kept for its writer: on the way, beside a newer form, taken back."""

from datetime import timedelta

import pytest
from begun_decisions import QUIETLY, WORDS, begun, form_on
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
from intake.review.models import Clearance, Decision, PrivateNote
from intake.review.private_notes import note_of
from tests.refusals import run


@pytest.fixture
def revision(patient):
    return make_sent(patient, flags={"heart_failure": "consult_first", "diabetes": "caution"})


@pytest.fixture
def case(revision) -> str:
    return f"/reviews/{revision.intake.reference}/"


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
