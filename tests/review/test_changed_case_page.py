"""What a practitioner sees of a form that was changed."""

import pytest
from django.urls import reverse

from clinic.audit.models import Event
from intake.review.models import Decision
from intake.submission.models import Intake
from tests.review.changed_forms import changed, decided, first_sent, of
from tests.submission.changes import sent_again


@pytest.fixture
def cleared(complete, practitioner) -> Intake:
    return decided(first_sent(complete), practitioner.user)


def page_of(client, intake: Intake) -> str:
    response = client.get(reverse("review:case", args=[intake.reference]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def drawn_for(practitioner, revision: object) -> dict[str, object]:
    """What the page says of itself."""
    return {"revision": revision, "drawn_for": practitioner.user_id}


class TestTheBanner:
    def test_says_how_much_changed_and_shows_before_and_now(
        self, signed_in, cleared, questions, today
    ):
        sent_again(
            cleared, questions, today, note="new tablets", diabetes="no", phone="020 7946 1111"
        )

        page = page_of(signed_in, cleared)

        assert "1 safety answer, 2 others" in page
        assert '<th scope="col">Before</th><th scope="col">Now</th>' in page
        both = '<td data-label="Before">Yes</td><td data-label="Now">No</td>'
        assert f"Do you have diabetes?</th>{both}" in page
        assert "<q>new tablets</q>" in page
        assert "<strong>on hold</strong>" in page

    def test_shows_flags_first_with_what_happened_to_them(
        self, signed_in, cleared, questions, today
    ):
        changed(cleared, questions, today, diabetes="no", bleeding_disorder="yes")

        page = page_of(signed_in, cleared)

        assert "<strong>New</strong>" in page
        assert "<strong>Gone</strong>" in page
        assert page.index("<caption>Flags</caption>") < page.index("<caption>Answers</caption>")

    def test_says_that_nothing_is_on_hold_when_no_safety_answer_moved(
        self, signed_in, cleared, questions, today
    ):
        changed(cleared, questions, today, phone="020 7946 1111")

        page = page_of(signed_in, cleared)

        assert "no safety answer, 1 other" in page
        assert "The earlier decision stands. Nothing is on hold." in page

    def test_is_not_there_on_a_form_that_was_sent_once(self, signed_in, complete):
        first = first_sent(complete)

        assert "Changed since" not in page_of(signed_in, of(first))

    def test_keeps_within_few_queries(
        self, signed_in, cleared, questions, today, django_assert_max_num_queries
    ):
        changed(cleared, questions, today, diabetes="no")
        changed(Intake.objects.get(), questions, today, own_words="Worse now")
        page_of(signed_in, cleared)

        with django_assert_max_num_queries(25):
            page_of(signed_in, cleared)


class TestKeepingOnThePage:
    def test_is_one_press(self, signed_in, cleared, questions, today, practitioner):
        revision = changed(cleared, questions, today, osteoporosis="no")
        assert "Keep this decision" in page_of(signed_in, cleared)

        address = reverse("review:keep", args=[cleared.reference])
        page = drawn_for(practitioner, revision.pk)
        answer = signed_in.post(address, page | {"seen": "0"}, follow=True)

        assert "is kept for what they sent last" in answer.content.decode()
        assert Decision.objects.filter(keeps__isnull=False).count() == 1

    @pytest.mark.parametrize("forged", ["", "x", "999999999"])
    def test_of_a_forged_revision_stores_nothing(
        self, signed_in, cleared, questions, today, practitioner, forged
    ):
        changed(cleared, questions, today, diabetes="no")
        page_of(signed_in, cleared)

        address = reverse("review:keep", args=[cleared.reference])
        assert signed_in.post(address, drawn_for(practitioner, forged)).status_code == 302

        assert Decision.objects.count() == 1

    def test_of_the_old_revision_is_refused_with_a_sentence(
        self, signed_in, cleared, questions, today, practitioner
    ):
        changed(cleared, questions, today, diabetes="no")
        page_of(signed_in, cleared)
        old = cleared.revisions.get(number=1)

        address = reverse("review:keep", args=[cleared.reference])
        answer = signed_in.post(address, drawn_for(practitioner, old.pk), follow=True)

        assert "There is no earlier decision on this form to keep." in answer.content.decode()
        assert Decision.objects.count() == 1


class TestEarlierRevisions:
    def test_are_listed_and_can_be_read_which_leaves_a_trace(
        self, signed_in, cleared, questions, today
    ):
        changed(cleared, questions, today, own_words="Worse now")
        address = reverse("review:revision", args=[cleared.reference, 1])
        assert address in page_of(signed_in, cleared)
        read = Event.objects.filter(action="read_answers").count()

        page = signed_in.get(address).content.decode()

        assert "My back aches when I sit." in page
        assert "Worse now" not in page
        assert Event.objects.filter(action="read_answers").count() == read + 1

    def test_that_are_not_there_are_not_found(self, signed_in, cleared):
        address = reverse("review:revision", args=[cleared.reference, 7])
        assert signed_in.get(address).status_code == 404


def test_the_queue_says_changed(signed_in, cleared, questions, today):
    assert "Changed" not in signed_in.get("/reviews/").content.decode()
    changed(cleared, questions, today, diabetes="no")

    assert ">Changed</strong>" in signed_in.get("/reviews/").content.decode()


def test_the_patient_still_reads_what_was_written_before(client, cleared, questions, today):
    changed(cleared, questions, today, diabetes="no")
    client.force_login(cleared.patient.account)

    page = client.get(reverse("review:news", args=[cleared.reference])).content.decode()

    assert "You can book both." in page
    assert "You have changed your form since." in page
    assert "Choose a time" not in page


def test_a_form_in_english_says_nothing_of_its_language(signed_in, complete):
    page = page_of(signed_in, of(first_sent(complete)))

    assert "reads the site in" not in page
