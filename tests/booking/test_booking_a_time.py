"""The patient books a time: once, only if it is still free, and else with a plain sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_clearance, token
from slots import PAGE, book_first, first_slot

from intake.booking.models import Visit
from intake.booking.services import SlotTaken


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
