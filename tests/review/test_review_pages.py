import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from factories import make_clearance, make_sent

from clinic.audit.models import Event
from intake.review.models import Clearance, Decision


@pytest.fixture
def signed_in(practitioner):
    """The practitioner, with the second factor shown in this session."""
    return with_second_factor(practitioner.user)


def with_second_factor(user) -> Client:
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    return client


def decision_for(sent, **changes) -> dict:
    return {
        "revision": sent.pk,
        "acupuncture": "suitable",
        "massage": "suitable_with_changes",
        "massage_precautions": "light pressure",
        "weeks": "6",
        "sessions": "6",
        "for_patient": "You can book both together.",
    } | changes


class TestTheQueue:
    def test_shows_the_most_urgent_first(self, signed_in, patient, other_patient):
        make_sent(other_patient)
        make_sent(patient)

        page = signed_in.get("/reviews/").content.decode()

        assert page.index("Tomas Silva") < page.index("Rosa Okafor")

    def test_is_not_there_for_a_patient(self, client, account):
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

        assert client.get("/reviews/").status_code == 404

    def test_asks_a_practitioner_for_the_second_factor_first(self, client, practitioner):
        client.force_login(
            practitioner.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

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
        assert "diabetes" in page
        assert Event.objects.about(patient).readings().count() == 1

    def test_keeps_within_fifteen_queries(self, signed_in, patient, django_assert_max_num_queries):
        revision = make_sent(patient, flags={"diabetes": "caution", "osteoporosis": "caution"})
        signed_in.get(f"/reviews/{revision.intake.reference}/")

        with django_assert_max_num_queries(15):
            signed_in.get(f"/reviews/{revision.intake.reference}/")

    def test_of_an_unknown_reference_is_not_found(self, signed_in):
        assert signed_in.get("/reviews/T-2222-3333/").status_code == 404


class TestDecidingOnThePage:
    def test_stores_the_decision_and_clears_both(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(address, decision_for(revision))

        assert answer.status_code == 302
        assert Clearance.objects.get().together
        assert Decision.objects.get().for_patient == "You can book both together."

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"massage_precautions": ""}, "Name the changes, one a line."),
            ({"acupuncture": "not_now"}, "Write why this is not suitable now."),
            ({"acupuncture": ""}, "Choose whether acupuncture is suitable."),
            ({"acupuncture": "yes please"}, "Select a valid choice"),
            ({"for_patient": ""}, "Write what the patient will read, with the next step."),
            ({"for_patient": "a\x00b"}, "Null characters are not allowed."),
            ({"sessions": "9999"}, "less than or equal to 24"),
            ({"for_patient": "x" * 5000}, "at most 4000 characters"),
        ],
    )
    def test_says_what_to_put_right_and_stores_nothing(self, signed_in, patient, change, sentence):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(address, decision_for(revision, **change))

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("forged", ["", "abc", "999999999", "9" * 40, "-1"])
    def test_on_a_forged_revision_stores_nothing(self, signed_in, patient, forged):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        assert signed_in.post(address, decision_for(revision, revision=forged)).status_code == 302
        assert not Decision.objects.exists()

    def test_on_another_patients_revision_stores_nothing(self, signed_in, patient, other_patient):
        mine, theirs = make_sent(patient), make_sent(other_patient)
        signed_in.get(f"/reviews/{mine.intake.reference}/")

        signed_in.post(f"/reviews/{mine.intake.reference}/", decision_for(theirs))

        assert not Decision.objects.exists()


class TestTheNews:
    def test_shows_the_patient_what_was_written_for_them(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)
        not_now = {"acupuncture": "not_now", "acupuncture_reason": "clinical reason for staff"}
        words = {"for_patient": "Please see your doctor first. Then write to us."}
        signed_in.post(address, decision_for(revision, **not_now, **words))
        client = Client()
        client.force_login(
            patient.account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

        page = client.get(f"/me/news/{revision.intake.reference}/").content.decode()

        assert "Please see your doctor first." in page
        assert "clinical reason for staff" not in page

    def test_of_someone_else_is_not_found(self, patient, other_patient, practitioner, client):
        make_clearance(patient, practitioner)
        reference = patient.intakes.get().reference
        client.force_login(
            other_patient.account, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

        assert client.get(f"/me/news/{reference}/").status_code == 404
