"""A clearance is for one person: on the page, in the service and in the database."""

import pytest
from django.db import transaction
from factories import make_clearance, part, token
from refusals import refused, run, without, without_constraint

from clinic.people.models import Patient
from intake.booking.models import Visit
from intake.booking.services import book
from tests.booking.test_database_refusals import INSIDE, store_visit
from tests.home.conftest import address_of


@pytest.fixture
def cleared(patient, practitioner, hours):
    """The patient may have massage; nobody else of the account may have anything."""
    return make_clearance(patient, practitioner, "massage")


def a_free_time(client, address: str) -> dict[str, str]:
    page = client.get(address).context
    _, times = page["days"][0]
    return {"slot": times[0].code, "token": str(page["token"]), "what": page["wish"].kind}


class TestChoosingATime:
    def test_is_for_the_person_in_the_address(self, signed_in, cleared, patient, child):
        mine = signed_in.get(address_of(patient, "book/"))
        theirs = signed_in.get(address_of(child, "book/"))

        assert mine.context["clearance"] == cleared
        assert theirs.context["clearance"] is None
        assert "There is nothing to book right now" in theirs.content.decode()
        assert "For <bdi>Ada Okafor</bdi>" in theirs.content.decode()

    def test_sent_to_the_address_of_the_other_books_nothing(
        self, signed_in, cleared, patient, child
    ):
        chosen = a_free_time(signed_in, address_of(patient, "book/"))

        answer = signed_in.post(address_of(child, "book/"), chosen)

        assert answer.status_code == 409
        assert not Visit.objects.exists()

    def test_of_two_who_are_cleared_books_each_for_their_own(
        self, signed_in, cleared, patient, child, practitioner
    ):
        own = make_clearance(child, practitioner, "acupuncture")
        for person in (patient, child):
            address = address_of(person, "book/")
            signed_in.post(address, a_free_time(signed_in, address))

        visits = Visit.objects.order_by("pk")
        assert [(visit.patient, visit.clearance) for visit in visits] == [
            (patient, cleared),
            (child, own),
        ]

    def test_without_a_person_in_the_address_is_for_the_account_holder(
        self, signed_in, cleared, child, practitioner
    ):
        make_clearance(child, practitioner)

        assert signed_in.get("/me/book/").context["clearance"] == cleared

    def test_by_someone_else_is_not_found(self, stranger, cleared, patient):
        answer = stranger.post(address_of(patient, "book/"), {"slot": "1-1", "token": token()})

        assert answer.status_code == 404


class TestTheVisits:
    def test_of_each_are_listed_apart(
        self, signed_in, cleared, patient, child, practitioner, room, home
    ):
        visit = book(
            clearance=cleared,
            parts=[part(practitioner, room)],
            token=token(),
            by=patient.account,
        )

        for read in (home, lambda who: signed_in.get(address_of(who, "visits/")).content.decode()):
            assert visit.reference in read(patient)
            assert visit.reference not in read(child)

    def test_say_for_whom_they_are(self, signed_in, child, practitioner, room, hours):
        visit = book(
            clearance=make_clearance(child, practitioner),
            parts=[part(practitioner, room)],
            token=token(),
            by=child.account,
        )

        for page in ("", "cancel/"):
            words = signed_in.get(f"/me/visits/{visit.reference}/{page}").content.decode()
            assert "For <bdi>Ada Okafor</bdi>" in words


@pytest.mark.usefixtures("hours")
class TestTheDatabase:
    def test_refuses_a_visit_of_one_on_the_clearance_of_the_other(self, cleared, child):
        with refused(INSIDE):
            store_visit(child, cleared)

    def test_refuses_a_visit_of_one_on_the_clearance_of_the_other_twin(self, cleared, child):
        without("booking_visit", INSIDE)
        without("booking_visit", "visit_filled_by_its_treatments")

        store_visit(child, cleared)

        assert Visit.objects.get().patient == child != cleared.patient

    def test_refuses_a_second_account_holder(self, patient):
        with refused("one_account_holder_per_account"):
            Patient.objects.create(account=patient.account)

    def test_refuses_a_second_account_holder_twin(self, patient):
        run("DROP INDEX one_account_holder_per_account")

        with transaction.atomic():
            Patient.objects.create(account=patient.account)

        assert Patient.objects.filter(account=patient.account, relation="self").count() == 2

    def test_refuses_a_relation_nobody_knows(self, patient):
        with refused("patient_known_relation"):
            Patient.objects.create(account=patient.account, relation="owner")

    def test_refuses_a_relation_nobody_knows_twin(self, patient):
        without_constraint("people_patient", "patient_known_relation")

        Patient.objects.create(account=patient.account, relation="owner")

        assert Patient.objects.filter(relation="owner").exists()
