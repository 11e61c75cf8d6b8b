"""The front desk books for a patient: same times, same service, and the patient is told."""

import pytest
from factories import make_clearance, token

from clinic.audit.models import Event
from clinic.notices.models import Notice
from intake.booking.models import Visit


@pytest.fixture
def address(patient) -> str:
    return f"/diary/book/{patient.reference}/"


def form_on(client, address) -> dict:
    slot = client.get(address).context["days"][0][1][0]
    return {"what": "both", "slot": slot.code, "token": token()}


class TestBookingForAPatient:
    def test_offers_the_times_the_patient_is_offered(
        self, reception, signed_in, patient, practitioner, hours, address
    ):
        make_clearance(patient, practitioner)

        theirs, ours = signed_in.get("/me/book/"), reception.get(address)

        assert ours.context["days"] == theirs.context["days"]
        assert "Book a time for Rosa Okafor" in ours.content.decode()

    @pytest.mark.parametrize("who", ["reception", "treating"])
    def test_books_for_the_patient_and_tells_them(
        self, request, patient, practitioner, hours, address, who
    ):
        desk = request.getfixturevalue(who)
        make_clearance(patient, practitioner)

        answer = desk.post(address, form_on(desk, address))

        visit = Visit.objects.get()
        assert answer["Location"] == f"/diary/{visit.reference}/"
        assert visit.patient == patient
        assert visit.booked_by.is_staff_member
        assert Notice.objects.get(kind="booked").patient == patient
        assert Event.objects.about(patient).get(action="visit_booked").by == visit.booked_by

    def test_a_double_click_books_once(self, reception, patient, practitioner, hours, address):
        make_clearance(patient, practitioner, sessions=1)
        form = form_on(reception, address)

        assert len({reception.post(address, form)["Location"] for _ in range(2)}) == 1
        assert Visit.objects.count() == 1

    def test_with_the_page_of_another_patient_is_refused_in_words(
        self, reception, patient, other_patient, practitioner, hours, address
    ):
        make_clearance(patient, practitioner)
        make_clearance(other_patient, practitioner)
        form = form_on(reception, address)
        reception.post(address, form)
        other = f"/diary/book/{other_patient.reference}/"

        answer = reception.post(other, form_on(reception, other) | {"token": form["token"]})

        assert answer.status_code == 409
        assert "This page was used for another visit." in answer.content.decode()
        assert Visit.objects.get().patient == patient

    def test_who_has_nothing_cleared_is_said_plainly(self, reception, patient, address):
        page = reception.get(address).content.decode()

        assert "Nothing can be booked for Rosa Okafor now" in page
        assert "A practitioner has to decide first." in page

    def test_who_has_no_visit_left_is_said_plainly(
        self, reception, patient, practitioner, hours, address
    ):
        make_clearance(patient, practitioner, sessions=1)
        reception.post(address, form_on(reception, address))

        assert "All 1 visit of this clearance" in reception.get(address).content.decode()

    def test_posting_with_nothing_cleared_books_nothing(self, reception, patient, address):
        answer = reception.post(address, {"what": "both", "slot": "1-1", "token": token()})

        assert answer.status_code == 409
        assert "Nothing can be booked" in answer.content.decode()
        assert not Visit.objects.exists()

    @pytest.mark.parametrize("field", ["slot", "token", "what", "from"])
    @pytest.mark.parametrize("value", ["", "\x00", "x" * 9000, "1-1", "-1", "[]"])
    def test_bad_input_is_never_an_error_of_ours(
        self, reception, patient, practitioner, hours, address, field, value
    ):
        make_clearance(patient, practitioner)
        form = form_on(reception, address)

        answer = reception.post(address, form | {field: value})

        assert answer.status_code in ({302} if field in ("what", "from") else {422})

    def test_of_an_unknown_patient_is_not_found(self, reception, db):
        for reference in ("T-2222-3333", "x", "1", "T-2222-3333%00"):
            assert reception.get(f"/diary/book/{reference}/").status_code == 404
