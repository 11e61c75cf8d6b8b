"""What became of a decision that was begun: beside news, stored, taken back, gone out."""

import pytest
from begun_decisions import QUIETLY, WORDS, begun, form_on
from decision_forms import decision_for, gone_out
from factories import make_sent
from signing_in import client_of

from intake.review import drafts
from intake.review.draft_models import DecisionDraft
from intake.review.models import Decision, Rescreening
from intake.review.private_notes import note_of
from intake.review.services import open_form, step
from intake.review.taking_back import take_back
from intake.submission.services import move
from tests.review.changed_forms import changed, first_sent, of


@pytest.fixture
def revision(patient):
    return make_sent(patient, flags={"heart_failure": "consult_first", "diabetes": "caution"})


@pytest.fixture
def case(revision) -> str:
    return f"/reviews/{revision.intake.reference}/"


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
