"""What has happened, in sentences, and nothing that is not the patient's to read."""

import re

import pytest
from django.utils import timezone
from factories import make_clearance, make_sent, part, token

from clinic.audit.models import Event
from clinic.audit.services import record
from intake.booking.services import book, cancel
from intake.home.history import SAID
from intake.referral import services as letters
from intake.review.services import open_form, step
from intake.submission.services import move
from intake.submission.states import MOVES

TIMED = re.compile(r'<time datetime="[0-9-]{10}T[0-9:]{8}')


@pytest.fixture
def lines(signed_in):
    """The sentences on the patient's home, newest first."""

    def read() -> list[str]:
        return [moment.sentence for moment in signed_in.get("/me/").context["recent"]]

    return read


def a_letter(intake, practitioner) -> None:
    letter = letters.start(intake=intake, by=practitioner.user)
    words = {"to_name": "Dr Anand", "to_place": "", "urgency": "C", "body": "Dear Dr Anand"}
    letters.rewrite(letter=letter, by=practitioner.user, **words)
    letters.send(letter=letter, permission="asked", way="post", by=practitioner.user)
    letters.note_reply(letter=letter, reply="No objection", by=practitioner.user)


class TestTheHistory:
    def test_tells_the_whole_way_newest_first(self, patient, practitioner, room, lines):
        clearance = make_clearance(patient, practitioner)
        visit = book(
            clearance=clearance,
            parts=[part(practitioner, room)],
            token=token(),
            by=patient.account,
        )
        a_letter(clearance.revision.intake, practitioner)
        cancel(visit=visit, by=practitioner.user)

        day = f"{timezone.localtime(visit.starts_at):%-d %B %Y}, 10:00"
        assert lines() == [
            f"We cancelled the visit on {day}.",
            "Dr Anand answered our letter.",
            "A letter went to Dr Anand.",
            f"You booked a visit on {day}.",
            "Mei Lindqvist read the form and wrote to you.",
            "Mei Lindqvist started to read the form.",
        ]

    def test_says_when_with_a_machine_readable_time(self, patient, practitioner, home):
        make_clearance(patient, practitioner)

        assert len(TIMED.findall(home().partition('id="happened"')[2])) == 2

    def test_never_gives_an_address_for_a_name(self, patient, practitioner, lines):
        practitioner.user.name = ""
        practitioner.user.save()
        make_clearance(patient, practitioner)

        assert lines()[0] == "A practitioner read the form and wrote to you."

    def test_shows_no_action_that_has_no_sentence(self, patient, practitioner, lines, home):
        intake = make_sent(patient).intake
        open_form(intake=intake, by=practitioner.user)
        before = lines()
        for action in ("read_answers", "contact_sent_on", "clearance_issued", "urgent_shown"):
            record(action=action, by=practitioner.user, patient=patient, reference=intake.reference)

        assert lines() == before
        assert "read_answers" not in home()

    def test_links_to_the_news_only_while_it_is_there(self, patient, practitioner, home):
        intake = make_clearance(patient, practitioner).revision.intake
        news = f'href="/me/news/{intake.reference}/"'
        assert home().count(news) == 3  # the next step, the message, the line

        move(intake=intake, name="reopen", by=practitioner.user)

        assert news not in home()
        assert "Mei Lindqvist is reading the form again." in home()

    def test_says_that_we_had_a_question(self, patient, practitioner, lines):
        intake = make_sent(patient).intake
        open_form(intake=intake, by=practitioner.user)
        step(intake=intake, name="ask", by=practitioner.user)
        step(intake=intake, name="answered_by_phone", by=practitioner.user)

        assert lines()[:2] == [
            "You answered our question by phone.",
            "Mei Lindqvist had a question for you.",
        ]

    def test_holds_nothing_of_anyone_else(self, other_patient, practitioner, lines, patient):
        make_clearance(other_patient, practitioner)

        assert lines() == []

    def test_goes_on_where_the_home_ends_and_leaves_nothing_out(
        self, patient, practitioner, signed_in
    ):
        reference = make_sent(patient).intake.reference
        for _ in range(120):
            record(action="form_open", by=practitioner.user, patient=patient, reference=reference)

        home = signed_in.get("/me/")
        pages = [signed_in.get(f"/me/happened/?page={number}") for number in range(1, 5)]

        assert len(home.context["recent"]) == 10
        assert "See all that has happened" in home.content.decode()
        told = Event.objects.filter(action__in=SAID).count()
        assert [len(page.context["moments"]) for page in pages] == [30, 30, 30, told - 90]
        assert "Older lines" in pages[2].content.decode()
        assert "Older lines" not in pages[3].content.decode()

    def test_is_whole_on_the_home_while_it_is_short(self, patient, signed_in):
        make_sent(patient)

        assert "See all that has happened" not in signed_in.get("/me/").content.decode()

    @pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
    def test_shows_a_page_for_any_number(self, patient, signed_in, page):
        make_sent(patient)

        assert signed_in.get(f"/me/happened/?page={page}").status_code == 200

    def test_of_someone_new_is_empty_and_says_so(self, account, client):
        client.force_login(account)

        assert "Nothing has happened yet." in client.get("/me/happened/").content.decode()


def test_every_sentence_is_about_something_that_is_recorded(patient):
    moves = {f"form_{name}" for name in MOVES}
    other = {"form_begun", "visit_booked", "visit_cancelled", "letter_sent", "letter_answered"}

    assert set(SAID) <= moves | other
    assert moves - set(SAID) == {"form_put_back", "form_give_opinion"}  # between colleagues
    assert not Event.objects.exists()
