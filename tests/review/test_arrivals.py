"""A page that is open says what has come in since, and is no sign that somebody is there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from factories import make_patient, make_sent
from signing_in import BACKEND, client_of

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from clinic.people.middleware import IDLE_SECONDS
from intake.review import holding
from intake.review.arrivals import arrived
from intake.review.seconds import ask_colleague
from intake.review.services import open_form
from intake.submission.models import EmergencyEvent, Intake

BY_ITSELF = {"X-Asks-By-Itself": "1"}
NO_TIME = [
    *("", "x", "2026-11-26", "2026-11-26T10:00:00", "2026-13-45T10:00:00+00:00"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-01-01T00:00:00+00:00"),
]


def asked(client, since) -> dict:
    address = reverse("review:arrivals", query={"since": since.isoformat()})
    answer = client.get(address, headers=BY_ITSELF)
    assert answer.status_code == 200
    return answer.json()


def urgent(intake: Intake) -> None:
    EmergencyEvent.objects.create(
        intake=intake, codes=["em_stroke"], said={}, message="M6", happened="shown"
    )


class TestWhatHasComeIn:
    def test_is_nothing_where_nothing_has(self, signed_in, patient):
        make_sent(patient)

        assert asked(signed_in, timezone.now()) == {"words": "", "urgent": False}

    def test_is_counted_and_names_nobody(self, signed_in, patient, other_patient):
        since = timezone.now()
        make_sent(patient)
        urgent(make_sent(other_patient).intake)

        found = asked(signed_in, since)

        clock = f"{timezone.localtime(since):%H:%M}"
        assert found == {
            "words": f"New since {clock}: 1 urgent answer and 2 forms.",
            "urgent": True,
        }

    def test_is_said_in_the_singular(self, signed_in, patient):
        since = timezone.now()
        make_sent(patient)

        assert asked(signed_in, since)["words"].endswith(": 1 form.")

    def test_leaves_out_what_was_there_and_what_needs_somebody_else(
        self, practitioner, masseur, patient, other_patient
    ):
        make_sent(patient)
        since = timezone.now()
        make_sent(other_patient, wants=("acupuncture",))

        assert arrived(user=practitioner.user, since=since).forms == 1
        assert arrived(user=masseur.user, since=since).forms == 0

    def test_is_not_what_was_there_and_has_been_opened_or_put_back(
        self, practitioner, masseur, patient
    ):
        intake = make_sent(patient).intake
        since = timezone.now()
        open_form(intake=intake, by=masseur.user)
        holding.put_back(intake=intake, by=masseur.user, note="Not today.")

        assert arrived(user=practitioner.user, since=since).forms == 0

    def test_counts_a_form_about_which_somebody_is_asked(self, practitioner, masseur, patient):
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=practitioner.user)
        since = timezone.now()
        ask_colleague(
            revision=revision, therapy="massage", colleague=masseur.user, by=practitioner.user
        )

        assert arrived(user=masseur.user, since=since).forms == 1

    def test_counts_an_urgent_answer_of_a_form_that_is_not_sent(self, practitioner, draft):
        since = timezone.now()
        urgent(draft)

        assert arrived(user=practitioner.user, since=since).urgent == 1

    def test_stops_counting(self, practitioner, monkeypatch):
        monkeypatch.setattr("intake.review.arrivals.COUNTED", 1)
        since = timezone.now()
        for number in range(3):
            make_sent(make_patient(f"p{number}@example.org", f"Person {number}"))

        assert "more than 1 forms" in arrived(user=practitioner.user, since=since).words

    def test_leaves_no_trace_of_a_reading(self, signed_in, patient):
        make_sent(patient)
        before = Event.objects.count()
        asked(signed_in, timezone.now() - timedelta(hours=1))

        assert Event.objects.count() == before

    @pytest.mark.parametrize("since", NO_TIME)
    def test_is_not_told_from_a_time_that_is_none(self, signed_in, since):
        answer = signed_in.get(reverse("review:arrivals", query={"since": since}))

        assert (answer.status_code, answer.json()["words"]) == (422, "")

    def test_is_for_practitioners(self, patient, practitioner):
        with pytest.raises(NotAllowed):
            arrived(user=patient.account, since=timezone.now())

    def test_is_looked_for_on_the_queue_and_on_a_case(self, signed_in, patient):
        revision = make_sent(patient)

        for address in ("/reviews/", f"/reviews/{revision.intake.reference}/"):
            page = signed_in.get(address).content.decode()
            assert f'data-ask="{reverse("review:arrivals")}?since=20' in page


class TestASessionThatOnlyAsks:
    """Its person may have gone: it ends like any other."""

    def left(self, client, seconds: int) -> None:
        session = client.session
        session["last_seen"] -= seconds
        session.save()

    def test_is_not_kept_open(self, practitioner):
        client = client_of(practitioner.user)
        client.get("/reviews/")
        self.left(client, 60)
        before = client.session["last_seen"]

        asked(client, timezone.now())

        assert client.session["last_seen"] == before

    def test_is_kept_open_by_a_page_that_somebody_opens(self, practitioner):
        """Else the test above would prove nothing."""
        client = client_of(practitioner.user)
        client.get("/reviews/")
        self.left(client, 60)
        before = client.session["last_seen"]

        client.get("/reviews/")

        assert client.session["last_seen"] > before

    def test_ends_while_it_asks(self, practitioner):
        client = client_of(practitioner.user)
        client.get("/reviews/")
        self.left(client, IDLE_SECONDS["staff"] + 60)

        answer = client.get(reverse("review:arrivals"), headers=BY_ITSELF)

        assert answer.status_code == 302
        page = client.get("/reviews/", follow=True)
        assert "You were away for a while, so we signed you out." in page.content.decode()

    def test_takes_no_words_along_that_are_typed_on_another_page(self, practitioner, patient):
        """Nor does what is sent later stand behind what a script had sent before."""
        intake = make_sent(patient).intake
        address = f"/reviews/{intake.reference}/put-back/"
        client = client_of(practitioner.user)
        client.get(f"/reviews/{intake.reference}/")
        self.left(client, IDLE_SECONDS["staff"] + 60)

        client.get(reverse("review:arrivals"), headers=BY_ITSELF)
        client.post(address, {"note": "The first"})
        client.post(address, {"note": "The first and the second word."})

        client.force_login(practitioner.user, backend=BACKEND)
        session = client.session
        session["account_authentication_methods_user"] = str(practitioner.user.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
        session.save()
        assert "The first and the second word." in client.get(address).content.decode()
