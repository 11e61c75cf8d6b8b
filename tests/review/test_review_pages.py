"""The queue, a case, and what the patient reads of it."""

from decision_forms import decision_for, gone_out
from django.test import Client
from factories import make_clearance, make_patient, make_sent
from signing_in import BACKEND

from clinic.audit.models import Event
from intake.review.services import Opinion, decide, open_form
from intake.screening.services import load_default as load_rules


def codes(size: int) -> list[str]:
    """Codes of `size` rules, as they come in the published set."""
    return [rule.code for rule in load_rules().data().conditions[:size]]


class TestTheQueue:
    def test_shows_the_most_urgent_first_then_the_longest_waiting(
        self, signed_in, patient, other_patient
    ):
        third = make_patient("yuki@example.org", "Yuki Brandt")
        make_sent(other_patient)
        make_sent(third)
        make_sent(patient, flags={"heart_failure": "consult_first"})

        page = signed_in.get("/reviews/").content.decode()

        order = [page.index(name) for name in ("Rosa Okafor", "Tomas Silva", "Yuki Brandt")]
        assert order == sorted(order)

    def test_is_not_there_for_a_patient(self, client, account):
        client.force_login(account, backend=BACKEND)

        assert client.get("/reviews/").status_code == 404

    def test_asks_a_practitioner_for_the_second_factor_first(self, client, practitioner):
        client.force_login(practitioner.user, backend=BACKEND)

        answer = client.get("/reviews/")

        assert answer.status_code == 302
        assert answer["Location"] == "/account/second-factor/app/?next=/reviews/"

    def test_asks_as_many_queries_with_one_row_as_with_thirty(
        self, signed_in, patient, django_assert_max_num_queries
    ):
        make_sent(patient)
        signed_in.get("/reviews/")
        with django_assert_max_num_queries(15) as one:
            signed_in.get("/reviews/")
        for _ in range(29):
            make_sent(patient)
        with django_assert_max_num_queries(15) as many:
            signed_in.get("/reviews/")

        assert len(many.captured_queries) == len(one.captured_queries)


class TestACase:
    def test_shows_the_patients_own_words_and_leaves_a_trace(self, signed_in, patient):
        revision = make_sent(patient, flags={"diabetes": "caution"})

        page = signed_in.get(f"/reviews/{revision.intake.reference}/").content.decode()

        assert "My shoulder has been stiff since the summer." in page
        assert "Diabetes" in page
        assert Event.objects.about(patient).readings().count() == 1

    def test_takes_the_same_queries_with_one_flag_and_decision_as_with_thirty(
        self, signed_in, patient, other_patient, practitioner, django_assert_max_num_queries
    ):
        counts = []
        for someone, size in ((patient, 1), (other_patient, 30)):
            revision = make_sent(someone, flags=dict.fromkeys(codes(size), "caution"))
            address = f"/reviews/{revision.intake.reference}/"
            signed_in.get(address)
            for _ in range(size):
                opinion = Opinion("massage", "suitable")
                seen = [flag.pk for flag in revision.flags.all()]
                decide(revision=revision, opinions=[opinion], by=practitioner.user, flags_seen=seen)
            with django_assert_max_num_queries(24) as found:
                signed_in.get(address)
            counts.append(len(found.captured_queries))

        assert counts[0] == counts[1]

    def test_of_an_unknown_reference_is_not_found(self, signed_in):
        assert signed_in.get("/reviews/T-2222-3333/").status_code == 404


class TestTheNews:
    def test_shows_the_patient_what_was_written_for_them(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)
        not_now = {
            "acupuncture": "not_now",
            "acupuncture_reason": "clinical reason for staff",
            "acupuncture_next_step": "see_doctor",
        }
        words = {"for_patient": "Please see your doctor first. Then write to us."}
        signed_in.post(f"{address}decide/", decision_for(revision, **not_now, **words))
        gone_out()
        client = Client()
        client.force_login(patient.account, backend=BACKEND)

        page = client.get(f"/me/news/{revision.intake.reference}/").content.decode()

        assert "Please see your doctor first." in page
        assert "clinical reason for staff" not in page

    def test_shows_only_the_verdict_that_counts(self, patient, masseur, practitioner):
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=masseur.user)
        decide(revision=revision, opinions=[Opinion("massage", "suitable")], by=masseur.user)
        no = [Opinion(t, "not_now", next_step="see_doctor") for t in ("acupuncture", "massage")]
        decide(revision=revision, opinions=no, by=practitioner.user)
        client = Client()
        client.force_login(patient.account, backend=BACKEND)

        page = client.get(f"/me/news/{revision.intake.reference}/").content.decode()

        assert "you can book this" not in page
        assert "Choose a time" not in page

    def test_takes_the_same_queries_with_one_decision_as_with_thirty(
        self, patient, other_patient, practitioner, django_assert_max_num_queries
    ):
        counts = []
        for someone, size in ((patient, 1), (other_patient, 30)):
            revision = make_sent(someone)
            open_form(intake=revision.intake, by=practitioner.user)
            for _ in range(size):
                opinion = Opinion("massage", "suitable")
                decide(revision=revision, opinions=[opinion], by=practitioner.user)
            opinion = Opinion("acupuncture", "suitable")
            decide(revision=revision, opinions=[opinion], by=practitioner.user)
            client = Client()
            client.force_login(someone.account, backend=BACKEND)
            client.get(f"/me/news/{revision.intake.reference}/")
            with django_assert_max_num_queries(15) as found:
                client.get(f"/me/news/{revision.intake.reference}/")
            counts.append(len(found.captured_queries))

        assert counts[0] == counts[1]

    def test_of_someone_else_is_not_found(self, patient, other_patient, practitioner, client):
        make_clearance(patient, practitioner)
        reference = patient.intakes.get().reference
        client.force_login(other_patient.account, backend=BACKEND)

        assert client.get(f"/me/news/{reference}/").status_code == 404
