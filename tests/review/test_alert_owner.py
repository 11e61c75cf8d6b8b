"""Who calls about an urgent answer, and all that person must know."""

import pytest
from factories import make_sent
from signing_in import client_of

from clinic.audit.models import Event
from intake.review.models import AlertTaken, Contact
from intake.review.urgent import note_contact
from intake.submission.models import EmergencyEvent, Intake


@pytest.fixture
def intake(patient) -> Intake:
    return make_sent(
        patient,
        flags={"anticoagulant_use": "caution", "diabetes": "caution"},
        answers={"phone": "020 7946 0100"},
    ).intake


def event(intake: Intake, happened: str = "shown", code: str = "em_head_injury", said="yes"):
    return EmergencyEvent.objects.create(
        intake=intake, codes=[code], said={code: said}, message="M1", happened=happened
    )


@pytest.fixture
def alert(intake) -> str:
    event(intake)
    return f"/reviews/{intake.reference}/urgent/"


def page(browser, address: str) -> str:
    return browser.get(address).content.decode()


class TestWhoCalls:
    def test_is_nobody_until_someone_takes_it(self, signed_in, alert):
        assert "Nobody is calling yet." in page(signed_in, "/reviews/")
        assert "Nobody has said yet that they are calling." in page(signed_in, alert)

    def test_is_seen_by_everyone(self, signed_in, masseur, alert):
        answer = signed_in.post(f"{alert}take/")

        other = client_of(masseur.user)
        assert answer.url == alert
        assert "Mei Lindqvist said that they are calling" in page(other, "/reviews/")
        assert "Mei Lindqvist said that they are calling" in page(other, alert)
        assert "You said that you are calling" in page(signed_in, "/reviews/")
        assert Event.objects.filter(action="alert_taken").count() == 1

    def test_is_the_last_who_said_so(self, signed_in, masseur, alert):
        signed_in.post(f"{alert}take/")
        client_of(masseur.user).post(f"{alert}take/")

        assert "Jo Brandt said that they are calling" in page(signed_in, "/reviews/")

    def test_is_nobody_any_more_once_the_call_is_noted(self, signed_in, intake, alert):
        signed_in.post(f"{alert}take/")
        assert "I am calling" not in page(signed_in, "/reviews/")
        seen = intake.emergencies.get().pk
        signed_in.post(alert, {"seen": seen, "outcome": "no_answer", "found": "rang out"})

        for where in ("/reviews/", alert):
            assert "I am calling" in page(signed_in, where)
        assert "Nobody is calling now." in page(signed_in, "/reviews/")

    def test_is_open_again_after_the_next_urgent_answer(
        self, signed_in, practitioner, intake, alert
    ):
        signed_in.post(f"{alert}take/")
        seen = intake.emergencies.get().pk
        resolved = {"outcome": "resolved", "found": "over", "spoke_with": "them", "seen": seen}
        note_contact(intake=intake, by=practitioner.user, **resolved)
        event(intake)

        assert "Nobody is calling yet." in page(signed_in, "/reviews/")

    def test_takes_nothing_by_get_and_no_form_without_an_alert(
        self, signed_in, other_patient, alert
    ):
        quiet = make_sent(other_patient).intake

        assert signed_in.get(f"{alert}take/").status_code == 405
        assert signed_in.post(f"/reviews/{quiet.reference}/urgent/take/").status_code == 404
        assert not AlertTaken.objects.exists()


class TestTheQueue:
    def test_says_how_often_it_was_tried_and_the_last_time(self, signed_in, alert, intake):
        seen = intake.emergencies.get().pk
        for _ in range(2):
            signed_in.post(alert, {"seen": seen, "outcome": "no_answer", "found": "rang out"})

        queue = page(signed_in, "/reviews/")

        assert "2 calls noted, the last" in queue
        assert "tried; nobody answered" in queue
        assert "rang out" not in queue

    def test_has_each_alert_once_until_someone_has_spoken_to_them(
        self, signed_in, alert, intake, patient
    ):
        seen = intake.emergencies.get().pk
        spoken = {"seen": seen, "outcome": "sent_on", "spoke_with": "them", "found": "ambulance"}
        signed_in.post(alert, spoken)

        context = signed_in.get("/reviews/").context
        assert [len(context["urgent"]), len(context["sent_on"])] == [0, 1]

        event(intake)
        context = signed_in.get("/reviews/").context
        assert [len(context["urgent"]), len(context["sent_on"])] == [1, 0]


class TestTheAlert:
    def test_says_what_to_do_and_what_to_ask(self, signed_in, alert):
        shown = page(signed_in, alert)

        assert "Help now: call at once." in shown
        assert "Cross-check medicine list for anticoagulants." in shown
        assert "Europe/London" in shown

    @pytest.mark.parametrize(
        ("said", "action"),
        [
            ("thoughts", "Contact today"),
            ("rather_talk", "Contact today"),
            ("plan_or_acted", "Help now"),
        ],
    )
    def test_asks_for_what_was_chosen_and_not_for_more(self, signed_in, intake, said, action):
        event(intake, code="em_suicide", said=said)

        assert f"{action}:" in page(signed_in, f"/reviews/{intake.reference}/urgent/")

    def test_sets_beside_it_what_changes_its_meaning(self, signed_in, alert):
        beside = page(signed_in, alert).split("Know this before you call")[1].split("</section>")[0]

        assert "nticoagulant" in beside or "lood thinner" in beside
        assert "Diabetes" not in beside

    def test_says_whether_the_patient_pressed_a_way_on(self, signed_in, alert, intake):
        assert "They pressed neither way on" in page(signed_in, alert)

        event(intake, "not_now")

        shown = page(signed_in, alert)
        assert "They pressed neither way on" not in shown
        assert "After it, the patient pressed “not happening now” at" in shown

    def test_says_who_closed_it_and_stays_open_until_then(self, signed_in, alert, intake):
        assert "Closed by" not in page(signed_in, alert)
        seen = intake.emergencies.get().pk
        over = {"seen": seen, "outcome": "resolved", "spoke_with": "them", "found": "over"}
        signed_in.post(alert, over)

        assert Contact.objects.count() == 1
        assert "Closed by Mei Lindqvist" in page(signed_in, alert)
        assert "I am calling" not in page(signed_in, alert)

    def test_of_a_draft_is_complete_too(self, signed_in, draft):
        event(draft)

        shown = page(signed_in, f"/reviews/{draft.reference}/urgent/")
        assert "Help now: call at once." in shown
        assert "the form is not sent yet" in shown
