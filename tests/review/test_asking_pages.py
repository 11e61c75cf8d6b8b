"""The pages on which a practitioner asks, and the thread beside the answers."""

import pytest
from django.urls import reverse

from intake.review.asking_models import AskQuestion, AskRound
from intake.review.services import step
from tests.review.asked_forms import LINE, asked_about, in_review, replied
from tests.review.changed_forms import of


@pytest.fixture
def revision(complete, practitioner):
    return in_review(complete, practitioner.user)


@pytest.fixture
def here(revision):
    return reverse("review:ask", args=[revision.intake.reference])


@pytest.fixture
def case(revision):
    return reverse("review:case", args=[revision.intake.reference])


class TestPicking:
    def test_each_unclear_answer_and_each_answer_leads_there(self, signed_in, case, here):
        page = signed_in.get(case).content.decode()

        assert f"{here}?about=osteoporosis" in page
        assert f"{here}?about=diabetes" in page
        assert "about=consent_massage" not in page
        assert "about=unsafe_home" not in page

    def test_begins_with_the_one_it_came_from(self, signed_in, here):
        groups = signed_in.get(here, {"about": "diabetes"}).context["groups"]

        title, is_open, rows = groups[0]
        assert (title, is_open) == ("Picked", True)
        assert [row.tick.name for row in rows] == ["ask_diabetes"]

    def test_offers_every_safety_question(self, signed_in, here, questions, revision, today):
        form = signed_in.get(here).context["form"]

        safety = {
            each.code
            for each in questions.asked_questions(revision.answers, today)
            if each.is_safety and not each.private and each.section != "about_you"
        }
        assert safety <= set(form.codes)

    def test_sends_what_is_ticked(self, signed_in, here, case, revision):
        data = {"seen": revision.pk, "ask_diabetes": "on", "line_diabetes": LINE}
        data |= {"ask_else": "on", "line_else": "Who is your doctor?", "line_pregnancy": "left"}
        answer = signed_in.post(here, data)

        assert answer.headers["Location"] == case
        asked = AskQuestion.objects.order_by("pk").values_list("code", flat=True)
        assert list(asked) == ["diabetes", ""]
        assert "Waits for an answer" in signed_in.get(case).content.decode()

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({}, "Choose at least one question"),
            ({"ask_diabetes": "on"}, "Write in a line what you want to know about"),
            ({"ask_diabetes": "on", "line_diabetes": "x" * 301}, "Use at most 300 letters"),
            ({"ask_diabetes": "on", "line_diabetes": "\0"}, "Null characters"),
        ],
    )
    def test_mistakes_are_said_and_nothing_typed_is_lost(self, signed_in, here, data, sentence):
        typed = {"line_osteoporosis": "Since when?", "ask_osteoporosis": "on"} if data else {}
        answer = signed_in.post(here, data | typed)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert not typed or "Since when?" in page
        assert not AskRound.objects.exists()

    def test_not_while_it_is_not_in_review(self, signed_in, here, case, revision, practitioner):
        asked_about(revision, practitioner.user)

        assert signed_in.get(here).headers["Location"] == case
        assert signed_in.post(here, {}).headers["Location"] == case
        assert "?about=" not in signed_in.get(case).content.decode()


class TestTheThread:
    def test_stands_beside_the_answer_and_in_the_list(
        self, signed_in, case, revision, practitioner
    ):
        replied(asked_about(revision, practitioner.user), osteoporosis="yes", words="In the hip.")

        response = signed_in.get(case)
        page = response.content.decode()
        assert page.count(LINE) == 3  # and on top, because nobody has screened it
        assert page.count("In the hip.") == 3
        assert "Came back as revision 2" in page
        assert "We asked" in page  # the reason, beside before and now

    def test_says_what_was_said_on_the_phone(self, signed_in, case, revision, practitioner):
        asked_about(revision, practitioner.user)
        phone = reverse("review:ask_phone", args=[revision.intake.reference])
        signed_in.post(phone, {"note": ""})
        assert of(revision).state == "asked"

        signed_in.post(phone, {"note": "In the hip, they said."})

        assert "Answered by phone:</span> In the hip, they said." in (
            signed_in.get(case).content.decode()
        )

    def test_of_a_call_asks_for_the_line_too(self, signed_in, case, revision, practitioner):
        step(intake=of(revision), name="ask", by=practitioner.user)

        page = signed_in.get(case).content.decode()
        assert "Waits for a call" in page
        assert "They answered by phone: what did they say" in page
