"""The page on which the patient chooses a time: what it offers, and what it says."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from factories import make_clearance
from slots import PAGE, book_first

from intake.booking.models import Room, Service


class TestThePage:
    def test_says_what_can_be_booked_how_often_and_until_when(
        self, signed_in, patient, practitioner, hours
    ):
        clearance = make_clearance(patient, practitioner, sessions=2)
        book_first(signed_in)

        page = signed_in.get(PAGE).content.decode()

        until = f"{clearance.valid_until.day} {clearance.valid_until:%B %Y}"
        assert f"You can book 1 more visit, until {until}." in page
        assert "Acupuncture and massage in one visit" in page

    def test_shows_the_first_day_open_and_later_days_folded(
        self, signed_in, patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)

        page = signed_in.get(PAGE).content.decode()

        assert page.count("<details") == 4
        assert page.index('type="radio"') < page.index("<details")
        assert "checked" not in page
        assert (
            "<strong>9:00 to 10:55:</strong> acupuncture with Mei Lindqvist, "
            "10 minutes&#x27; rest, then massage with Mei Lindqvist" in page
        )

    def test_leads_on_to_every_later_day_and_no_further(
        self, signed_in, patient, practitioner, hours
    ):
        clearance = make_clearance(patient, practitioner, weeks=5)
        seen, later = [], None
        for _ in range(40):
            answer = signed_in.get(PAGE, {"from": later} if later else {})
            seen += [day for day, _ in answer.context["days"]]
            later = answer.context["later"]
            if later is None:
                break

        tomorrow = timezone.localdate() + timedelta(days=1)
        days = (clearance.valid_until - tomorrow).days + 1
        assert seen == [tomorrow + timedelta(days=n) for n in range(days)]

    def test_marks_the_chosen_kind(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner)

        page = signed_in.get(f"{PAGE}?what=massage").content.decode()

        assert '<a href="?what=massage" aria-current="true">Massage only</a>' in page
        assert page.count('aria-current="true"') == 1

    def test_offers_no_combined_visit_when_the_decision_keeps_them_apart(
        self, signed_in, patient, practitioner, hours
    ):
        make_clearance(patient, practitioner, together=False)

        answer = signed_in.get(f"{PAGE}?what=both")

        assert [code for code, _ in answer.context["kinds"]] == ["acupuncture", "massage"]
        assert "in one visit" not in answer.content.decode()

    def test_shows_only_what_is_cleared(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner, "massage")

        assert signed_in.get(f"{PAGE}?what=both").context["wish"].kind == "massage"

    def test_offers_two_separate_visits_when_no_combined_one_exists(
        self, signed_in, patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)
        Service.objects.filter(therapy="acupuncture").update(pause=60, minutes=120)
        Service.objects.filter(therapy="massage").update(minutes=120)
        practitioner.hours.update(closes="11:00")

        answer = signed_in.get(PAGE)

        page = answer.content.decode()
        assert answer.context["days"] == []
        assert "There are no free times for both treatments in one visit" in page
        assert 'href="?what=acupuncture">times for acupuncture' in page
        assert 'href="?what=massage">times for massage' in page
        assert signed_in.get(f"{PAGE}?what=massage").context["days"]

    def test_without_any_room_or_service_says_there_is_no_time(
        self, signed_in, patient, practitioner
    ):
        make_clearance(patient, practitioner)
        Room.objects.update(in_use=False)

        assert "There are no free times" in signed_in.get(PAGE).content.decode()

    def test_says_so_when_nothing_is_cleared(self, signed_in, patient):
        assert "nothing to book right now" in signed_in.get(PAGE).content.decode()

    def test_says_so_when_every_visit_is_booked(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner, sessions=1)
        book_first(signed_in)

        assert "You have booked all your visits" in signed_in.get(PAGE).content.decode()

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("x", "We could not read that date."),
            ("a\x00b", "We could not read that date."),
            ("2026-02-31", "We could not read that date."),
            ("9" * 5000, "We could not read that date."),
            ("0001-01-01", "We could not read that date."),
            ("9999-12-31", "We could not read that date."),
            ("2150-01-01", "That day is after the last day you can book."),
        ],
    )
    def test_ignores_a_day_it_cannot_use_and_says_so(
        self, signed_in, patient, practitioner, hours, day, sentence
    ):
        make_clearance(patient, practitioner)

        answer = signed_in.get(PAGE, {"from": day})

        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        assert answer.context["days"][0][0] == timezone.localdate() + timedelta(days=1)

    def test_takes_a_day_in_the_past_for_the_first_possible(
        self, signed_in, patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)

        answer = signed_in.get(PAGE, {"from": date(2020, 1, 1).isoformat()})

        assert not answer.context["wish"].moved
