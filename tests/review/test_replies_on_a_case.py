"""What a patient wrote back is put before whoever reads the case: nobody has screened it."""

import pytest
from django.urls import reverse

from intake.review.services import open_form
from intake.submission.models import Intake, Revision
from tests.review.asked_forms import LINE, asked_about, in_review, replied
from tests.review.changed_forms import changed, decided, first_sent, of

WORDS = "My new doctor added clopidogrel."


@pytest.fixture
def cleared(complete, practitioner, questions, today) -> Intake:
    """Decided on; then a phone number was changed, and somebody reads that."""
    intake = decided(first_sent(complete), practitioner.user)
    newer = changed(intake, questions, today, phone="020 7946 1111")
    open_form(intake=of(newer), by=practitioner.user)
    return of(newer)


def wrote_back(intake: Intake, by, *codes: str, **typed) -> Revision:
    revision = intake.revisions.order_by("-number").first()
    return replied(asked_about(revision, by, *codes or ("",)), **typed)


def page_of(client, intake: Intake) -> str:
    return " ".join(
        client.get(reverse("review:case", args=[intake.reference])).content.decode().split()
    )


class TestTheReplies:
    def test_stand_word_for_word_before_everything_that_was_found(
        self, signed_in, cleared, practitioner
    ):
        wrote_back(cleared, practitioner.user, words=WORDS)

        page = page_of(signed_in, cleared)

        told = page[page.index('id="replies"') : page.index('aria-label="Flags that changed"')]
        assert "Not screened: read these yourself." in told
        assert LINE in told
        assert f"<q>{WORDS}</q>" in told

    def test_are_counted_and_never_pass_for_nothing_new(self, signed_in, cleared, practitioner):
        wrote_back(cleared, practitioner.user, words=WORDS)

        page = page_of(signed_in, cleared)

        assert "no safety answer, 1 other, 1 reply to a question" in page
        assert "No flag has changed, but screening did not read what they wrote back." in page
        assert "No flag has changed.</p>" not in page

    def test_are_all_there_with_what_could_not_be_said(self, signed_in, cleared, practitioner):
        wrote_back(cleared, practitioner.user, "osteoporosis", "", cannot=True)

        page = page_of(signed_in, cleared)

        assert "2 replies to a question" in page
        told = page[page.index('id="replies"') : page.index('aria-label="Flags that changed"')]
        assert told.count("Cannot say.") == 2

    def test_are_not_repeated_once_they_were_decided_on(
        self, signed_in, cleared, practitioner, questions, today
    ):
        reply = wrote_back(cleared, practitioner.user, words=WORDS)
        decided(reply, practitioner.user)
        newer = changed(of(reply), questions, today, phone="020 7946 2222")
        open_form(intake=of(newer), by=practitioner.user)

        page = page_of(signed_in, cleared)

        assert 'id="replies"' not in page
        assert "No flag has changed.</p>" in page

    def test_that_end_a_doubt_leave_no_word_where_the_flag_is_gone(
        self, signed_in, cleared, practitioner
    ):
        wrote_back(cleared, practitioner.user, "osteoporosis", osteoporosis="no")

        rows = (
            signed_in.get(reverse("review:case", args=[cleared.reference])).context["changed"].flags
        )

        assert [(row.before, row.now) for row in rows if row.change == "Gone"] == [("Ask", "")]

    def test_stand_there_on_a_form_that_was_never_decided(self, signed_in, complete, practitioner):
        revision = in_review(complete, practitioner.user)
        replied(asked_about(revision, practitioner.user, ""), words=WORDS)

        page = page_of(signed_in, of(revision))

        assert page.index('id="replies"') < page.index(WORDS) < page.index("Flags that changed")
