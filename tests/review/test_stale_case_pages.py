"""Deciding from a page that is no longer true: its own sentence, nothing stored, nothing lost."""

from datetime import timedelta

import pytest
from decision_forms import decision_for
from django.test import Client
from django.utils import timezone
from factories import make_practitioner, make_sent
from signing_in import client_of

from clinic.people.models import Registration, User
from intake.review.models import Decision
from intake.review.services import Opinion, decide, open_form
from intake.review.whose_page import SENTENCE
from intake.submission.models import Revision
from tests.review.changed_forms import changed, first_sent, of

TYPED = "You can come, with light pressure."


@pytest.fixture
def opened(complete, practitioner) -> Revision:
    """What the practitioner has on their screen."""
    revision = first_sent(complete)
    open_form(intake=of(revision), by=practitioner.user)
    return revision


def saved(client: Client, revision: Revision, **more: object):
    """The page as it was drawn, filled in and saved now."""
    answers = {f"flag_{flag.pk}": "confirmed_with_doctor" for flag in revision.flags.all()}
    reasons = {f"{therapy}_reason": "Steady." for therapy in revision.wanted}
    said = {"for_patient": TYPED, "seen": "0", **answers, **reasons, **more}
    typed = decision_for(revision, **said)
    return client.post(f"/reviews/{revision.intake.reference}/decide/", typed)


def is_told(answer, sentence: str) -> bool:
    page = answer.content.decode()
    return answer.status_code == 409 and sentence in page and TYPED in page


def test_the_page_as_it_was_drawn_is_stored(signed_in, opened):
    """Else the refusals below would prove nothing."""
    assert saved(signed_in, opened).status_code == 302
    assert Decision.objects.count() == 1


class TestAPageOpenedBefore:
    def test_the_patient_changed_the_form(self, signed_in, opened, questions, today):
        changed(of(opened), questions, today, heart_failure="yes")

        assert is_told(saved(signed_in, opened), "The patient has sent something newer.")
        assert not Decision.objects.exists()

    def test_what_was_done_about_a_flag_stands_at_the_same_flag(
        self, signed_in, opened, questions, today
    ):
        newer = changed(of(opened), questions, today, heart_failure="yes")

        form = saved(signed_in, opened).context["form"]

        assert form["for_patient"].value() == TYPED
        done = {
            each.code: form[f"flag_{each.pk}"].value()
            for each in newer.flags.all()
            if f"flag_{each.pk}" in form.fields
        }
        assert done["heart_failure"] is None
        assert {code for code, said in done.items() if said == "confirmed_with_doctor"} == {
            flag.code for flag in opened.flags.all()
        } & done.keys()
        assert len(done) > 1

    def test_words_about_what_is_not_asked_any_more_are_given_back_beside_the_form(
        self, signed_in, opened, questions, today
    ):
        flag = opened.flags.get(code="answer_unknown")
        words = {f"flag_{flag.pk}_text": "Seen by the nurse.", "massage_reason": "Steady, slow."}
        changed(of(opened), questions, today, osteoporosis="no", wants=["acupuncture"])

        answer = saved(signed_in, opened, acupuncture_reason="Calm.", **words)

        assert [said for _, said in answer.context["form"].left_over] == [
            *("Seen by the nurse.", "light pressure", "Steady, slow.")
        ]
        assert is_told(answer, "Steady, slow.")

    def test_nothing_is_given_back_where_all_is_asked_still(
        self, signed_in, opened, questions, today
    ):
        changed(of(opened), questions, today, heart_failure="yes")

        assert not saved(signed_in, opened).context["form"].left_over

    @pytest.mark.parametrize("more", [{"preview": "1"}, {"for_patient": ""}, {"massage": ""}])
    def test_the_patient_changed_it_and_nothing_is_shown_as_if_it_stood(
        self, signed_in, opened, questions, today, more
    ):
        changed(of(opened), questions, today, heart_failure="yes")

        answer = saved(signed_in, opened, **more)

        assert answer.status_code == 409
        assert "The patient has sent something newer." in answer.content.decode()
        assert "not stored yet" not in answer.content.decode()

    def test_a_registration_ended(self, signed_in, opened, practitioner):
        ended = timezone.localdate() - timedelta(days=1)
        Registration.objects.filter(therapy="massage").update(valid_until=ended)

        answer = saved(signed_in, opened)

        sentence = f"Your registration for massage ended on {ended:%-d %B %Y}, so nothing was"
        assert is_told(answer, sentence)
        assert "Choose “I do not decide on this” for massage" in answer.content.decode()
        assert "light pressure" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_a_colleague_decided(self, signed_in, opened, masseur):
        flags = {flag.pk: ("confirmed_with_doctor", "") for flag in opened.flags.all()}
        decide(
            revision=opened,
            opinions=[Opinion("massage", "suitable")],
            by=masseur.user,
            flag_answers=flags,
        )

        answer = saved(signed_in, opened)

        assert is_told(answer, "A decision was stored since you opened this page.")
        assert Decision.objects.get().by == masseur.user

    def test_the_form_moved_on(self, signed_in, opened):
        signed_in.post(f"/reviews/{opened.intake.reference}/step/", {"name": "ask"})

        assert is_told(saved(signed_in, opened), "This form has moved on")
        assert not Decision.objects.exists()


class TestSomebodyElsesPage:
    @pytest.fixture
    def lee(self, db) -> User:
        return make_practitioner("lee@example.org", "Lee Park", "acupuncture", "massage").user

    def test_says_whom_it_was_drawn_for(self, signed_in, opened, practitioner):
        page = signed_in.get(f"/reviews/{opened.intake.reference}/").content.decode()

        assert f'name="drawn_for" value="{practitioner.user_id}"' in page

    @pytest.mark.parametrize("where", ["decide", "keep"])
    def test_decides_nothing_and_is_given_back_to_nobody(self, opened, practitioner, lee, where):
        sent = {"revision": opened.pk, "drawn_for": practitioner.user_id, "for_patient": TYPED}
        address = f"/reviews/{opened.intake.reference}/{where}/"

        page = client_of(lee).post(address, sent, follow=True).content.decode()

        assert SENTENCE in page
        assert TYPED not in page
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("missing", ["drawn_for", "revision"])
    @pytest.mark.parametrize("more", [{}, {"preview": "1"}])
    def test_that_does_not_say_so_decides_nothing_and_keeps_what_was_typed(
        self, signed_in, opened, missing, more
    ):
        typed = decision_for(opened, for_patient=TYPED, **more)
        address = f"/reviews/{opened.intake.reference}/decide/"

        for sent in (typed | {missing: ""}, {k: v for k, v in typed.items() if k != missing}):
            assert is_told(signed_in.post(address, sent), "This page did not say whom it was")

        assert not Decision.objects.exists()

    @pytest.mark.parametrize("missing", ["drawn_for", "revision"])
    def test_that_does_not_say_so_keeps_no_decision(self, signed_in, opened, practitioner, missing):
        sent = {"revision": opened.pk, "drawn_for": practitioner.user_id} | {missing: ""}
        address = f"/reviews/{opened.intake.reference}/keep/"

        page = signed_in.post(address, sent, follow=True).content.decode()

        assert "This page did not say whom it was drawn for" in page
        assert not Decision.objects.exists()

    def test_of_another_patient_decides_nothing(self, signed_in, opened, other_patient):
        """The address of one form, and the page of another."""
        theirs = make_sent(other_patient)
        open_form(intake=theirs.intake, by=User.objects.get(email="mei@example.org"))

        answer = signed_in.post(
            f"/reviews/{opened.intake.reference}/decide/", decision_for(theirs), follow=True
        )

        assert "could not be found. Nothing was stored." in answer.content.decode()
        assert not Decision.objects.exists()
