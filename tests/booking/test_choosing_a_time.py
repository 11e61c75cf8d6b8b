"""The patient chooses a time: what the page says, what it books, and what it refuses in words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from factories import make_clearance, token

from intake.booking.models import Room, Service, Visit
from intake.booking.services import SlotTaken

PAGE = "/me/book/"


def first_slot(client, address=PAGE):
    _, times = client.get(address).context["days"][0]
    return times[0]


def book_first(client, what="both", address=PAGE):
    form = {"what": what, "slot": first_slot(client, f"{address}?what={what}").code}
    return client.post(address, form | {"token": token()})


class TestThePage:
    def test_says_what_can_be_booked_how_often_and_until_when(
        self, signed_in, patient, practitioner, hours
    ):
        clearance = make_clearance(patient, practitioner, sessions=2)
        book_first(signed_in)

        page = signed_in.get(PAGE).content.decode()

        until = f"{clearance.valid_until.day} {clearance.valid_until:%B %Y}"
        assert f"You can book 1 more visit, until {until}." in page
        assert "Acupuncture and massage in one visit (recommended)" in page

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
        assert "nothing to book yet" in signed_in.get(PAGE).content.decode()

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


class TestBooking:
    def test_a_combined_visit_is_one_visit(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner)

        answer = book_first(signed_in)

        visit = Visit.objects.get()
        assert [t.therapy for t in visit.treatments.all()] == ["acupuncture", "massage"]
        assert answer["Location"] == f"/me/visits/{visit.reference}/"

    def test_a_time_of_later_days_is_booked_from_their_page(
        self, signed_in, patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)
        later = (timezone.localdate() + timedelta(days=30)).isoformat()
        slot = first_slot(signed_in, f"{PAGE}?from={later}")

        signed_in.post(PAGE, {"what": "both", "from": later, "slot": slot.code, "token": token()})

        assert Visit.objects.get().starts_at == slot.starts_at

    @pytest.mark.parametrize("sessions", [1, 6])
    def test_a_double_click_books_once(self, signed_in, patient, practitioner, hours, sessions):
        make_clearance(patient, practitioner, sessions=sessions)
        form = {"what": "both", "slot": first_slot(signed_in).code, "token": token()}

        replies = {signed_in.post(PAGE, form)["Location"] for _ in range(2)}

        assert len(replies) == 1
        assert Visit.objects.count() == 1

    def test_a_taken_time_is_a_plain_sentence_with_the_nearest(
        self, signed_in, sign_in, patient, other_patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)
        make_clearance(other_patient, practitioner)
        form = {"what": "both", "slot": first_slot(signed_in).code}
        signed_in.post(PAGE, form | {"token": token()})

        answer = sign_in(other_patient.account).post(PAGE, form | {"token": token()})

        assert answer.status_code == 422
        assert "These are the closest." in answer.content.decode()
        assert sum(len(times) for _, times in answer.context["days"]) == 3

    def test_a_time_taken_in_between_is_a_plain_sentence_too(
        self, signed_in, patient, practitioner, hours, monkeypatch
    ):
        make_clearance(patient, practitioner)
        form = {"what": "both", "slot": first_slot(signed_in).code, "token": token()}

        def taken(**_):
            raise SlotTaken

        monkeypatch.setattr("intake.booking.services.book", taken)
        answer = signed_in.post(PAGE, form)

        assert answer.status_code == 409
        assert (
            "Someone took this time a moment ago. These are the closest." in answer.content.decode()
        )
        assert form["slot"] not in answer.content.decode()

    def test_the_page_of_another_visit_cannot_be_used_again(
        self, signed_in, sign_in, patient, other_patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)
        make_clearance(other_patient, practitioner)
        same = token()
        slots = signed_in.get(PAGE).context["days"][0][1]
        signed_in.post(PAGE, {"what": "both", "slot": slots[0].code, "token": same})

        answer = sign_in(other_patient.account).post(
            PAGE, {"what": "both", "slot": slots[-1].code, "token": same}
        )

        assert answer.status_code == 409
        assert "This page was used for another visit." in answer.content.decode()
        assert Visit.objects.count() == 1

    @pytest.mark.parametrize(
        "slot", ["", "x", "9" * 50, "1-2-3", "-1", "a\x00b", "١-1", "1" * 5000]
    )
    @pytest.mark.parametrize("sent", ["", "x", "a\x00b", "valid"])
    def test_bad_input_is_a_sentence_and_books_nothing(
        self, signed_in, patient, practitioner, hours, slot, sent
    ):
        make_clearance(patient, practitioner)
        form = {"what": "none\x00", "from": "\x00", "slot": slot}

        answer = signed_in.post(PAGE, form | {"token": token() if sent == "valid" else sent})

        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
        assert not Visit.objects.exists()

    def test_no_time_chosen_leads_to_the_first_time(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner)
        first = first_slot(signed_in)

        page = signed_in.post(PAGE, {"what": "both", "token": token()}).content.decode()

        assert f'<a href="#s{first.code}">Choose a time.</a>' in page
        assert f'id="s{first.code}"' in page
