from datetime import time

import pytest
from factories import make_clearance, token

from intake.booking.models import Service, Visit, WeeklyHours


@pytest.fixture
def hours(practitioner, room):
    for weekday in range(7):
        WeeklyHours.objects.create(
            practitioner=practitioner, weekday=weekday, opens=time(9), closes=time(17)
        )
    Service.objects.create(therapy="acupuncture", minutes=45)
    Service.objects.create(therapy="massage", minutes=60)


@pytest.fixture
def signed_in(client, account):
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class TestChoosingATime:
    def test_books_a_combined_visit(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner)
        slot = signed_in.get("/me/book/").context["days"][0][1][0]

        answer = signed_in.post(
            "/me/book/", {"what": "both", "slot": slot.code, "token": token()}, follow=True
        )

        visit = Visit.objects.get()
        assert [t.therapy for t in visit.treatments.all()] == ["acupuncture", "massage"]
        assert visit.reference in answer.content.decode()

    def test_a_double_click_books_once(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner)
        slot = signed_in.get("/me/book/").context["days"][0][1][0]
        form = {"what": "both", "slot": slot.code, "token": token()}

        replies = {signed_in.post("/me/book/", form)["Location"] for _ in range(2)}

        assert len(replies) == 1
        assert Visit.objects.count() == 1

    def test_a_taken_time_is_a_plain_sentence_with_the_nearest(
        self, signed_in, client, patient, other_patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)
        make_clearance(other_patient, practitioner)
        slot = signed_in.get("/me/book/").context["days"][0][1][0]
        form = {"what": "both", "slot": slot.code}
        signed_in.post("/me/book/", form | {"token": token()})
        client.force_login(
            other_patient.account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

        answer = client.post("/me/book/", form | {"token": token()})

        assert answer.status_code == 422
        assert "These are the closest." in answer.content.decode()
        assert sum(len(times) for _, times in answer.context["days"]) == 3

    def test_shows_only_what_is_cleared(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner, "massage")

        assert signed_in.get("/me/book/?what=both").context["wish"].kind == "massage"

    def test_says_so_when_nothing_is_cleared(self, signed_in, patient):
        assert "nothing to book yet" in signed_in.get("/me/book/").content.decode()

    @pytest.mark.parametrize("slot", ["", "x", "9" * 50, "1-2-3", "-1", "a\x00b"])
    @pytest.mark.parametrize("sent", ["", "x", "a\x00b"])
    def test_bad_input_is_a_sentence_and_books_nothing(
        self, signed_in, patient, practitioner, hours, slot, sent
    ):
        make_clearance(patient, practitioner)

        answer = signed_in.post("/me/book/", {"what": "none", "slot": slot, "token": sent})

        assert answer.status_code == 422
        assert not Visit.objects.exists()

    def test_keeps_within_fifteen_queries_with_one_visit_or_ten(
        self, signed_in, patient, practitioner, hours, django_assert_max_num_queries
    ):
        make_clearance(patient, practitioner, sessions=20)
        signed_in.get("/me/book/")
        with django_assert_max_num_queries(15) as one:
            signed_in.get("/me/book/")
        for _ in range(10):
            slot = signed_in.get("/me/book/").context["days"][0][1][0]
            signed_in.post("/me/book/", {"what": "both", "slot": slot.code, "token": token()})
        with django_assert_max_num_queries(15) as ten:
            signed_in.get("/me/book/")

        assert Visit.objects.count() == 10
        assert len(ten.captured_queries) == len(one.captured_queries)


class TestAVisit:
    def test_of_someone_else_is_not_found(
        self, signed_in, client, patient, other_patient, practitioner, hours
    ):
        make_clearance(patient, practitioner)
        slot = signed_in.get("/me/book/").context["days"][0][1][0]
        signed_in.post("/me/book/", {"what": "both", "slot": slot.code, "token": token()})
        reference = Visit.objects.get().reference
        client.force_login(
            other_patient.account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

        assert client.get(f"/me/visits/{reference}/").status_code == 404
        assert client.post(f"/me/visits/{reference}/cancel/").status_code == 404
        assert Visit.objects.standing().count() == 1

    def test_can_be_cancelled(self, signed_in, patient, practitioner, hours):
        make_clearance(patient, practitioner)
        slot = signed_in.get("/me/book/").context["days"][0][1][0]
        signed_in.post("/me/book/", {"what": "both", "slot": slot.code, "token": token()})
        reference = Visit.objects.get().reference

        page = signed_in.post(f"/me/visits/{reference}/cancel/", follow=True).content.decode()

        assert "This visit is cancelled" in page
