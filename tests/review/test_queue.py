"""What stands in the queue, for whom, in which order, and how it is found."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_clearance, make_patient, make_practitioner, make_sent, part, token
from queue_steps import due, names
from signing_in import client_of

from clinic.people.models import Patient
from intake.booking.services import book
from intake.review.queue import TABS
from intake.review.seconds import ask_colleague
from intake.review.services import Opinion, decide, open_form, step
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake


class TestNeedsYou:
    def test_stands_in_the_order_of_due_times_and_not_of_levels(self, signed_in, patient):
        low = make_sent(make_patient("yuki@example.org", "Yuki Brandt"))
        high = make_sent(patient, flags={"heart_failure": "consult_first"})
        due(low, days=3)
        due(high, hours=1)

        assert names(signed_in) == ["Yuki Brandt", "Rosa Okafor"]

    def test_shows_what_has_no_time_first(self, signed_in, patient, other_patient):
        due(make_sent(patient), days=9)
        Intake.objects.filter(pk=make_sent(other_patient).intake_id).update(due_at=None)

        assert names(signed_in) == ["Tomas Silva", "Rosa Okafor"]

    def test_holds_only_what_this_person_can_decide_on(self, masseur, patient, other_patient):
        make_sent(patient, wants=("acupuncture",))
        make_sent(other_patient, wants=("massage",))

        assert names(client_of(masseur.user)) == ["Tomas Silva"]

    def test_lets_go_of_a_form_once_this_person_has_decided_their_part(
        self, masseur, signed_in, patient
    ):
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=masseur.user)
        decide(revision=revision, opinions=[Opinion("massage", "suitable")], by=masseur.user)

        assert names(client_of(masseur.user)) == []
        assert names(signed_in) == ["Rosa Okafor"]

    def test_never_holds_ones_own_form(self, signed_in, practitioner):
        make_sent(Patient.objects.create(account=practitioner.user, name="Mei Lindqvist"))

        assert names(signed_in) == []
        assert names(signed_in, "?tab=all") == ["Mei Lindqvist"]


class TestTheOtherTabs:
    def test_hold_what_waits_for_the_patient_or_a_colleague(
        self, signed_in, practitioner, masseur, patient, other_patient
    ):
        asked, looked_at = (
            make_sent(each, wants=("massage",)) for each in (patient, other_patient)
        )
        for revision in (asked, looked_at):
            open_form(intake=revision.intake, by=practitioner.user)
        step(intake=asked.intake, name="ask", by=practitioner.user)
        ask_colleague(
            revision=looked_at, therapy="massage", colleague=masseur.user, by=practitioner.user
        )

        assert names(signed_in, "?tab=patient") == ["Rosa Okafor"]
        assert names(signed_in, "?tab=second") == ["Tomas Silva"]
        assert names(signed_in) == []
        assert names(client_of(masseur.user)) == ["Tomas Silva"]

    def test_hold_who_can_book_until_they_have_a_visit_ahead(
        self, signed_in, practitioner, patient, room
    ):
        clearance = make_clearance(patient, practitioner)
        assert names(signed_in, "?tab=ready") == ["Rosa Okafor"]

        parts = [part(practitioner, room)]
        book(clearance=clearance, parts=parts, token=token(), by=patient.account)

        assert names(signed_in, "?tab=ready") == []

    def test_say_what_can_be_booked_and_not_what_was_wished(
        self, signed_in, practitioner, patient, other_patient
    ):
        make_clearance(patient, practitioner, "massage")
        make_clearance(other_patient, practitioner)

        page = signed_in.get("/reviews/?tab=ready").content.decode()

        assert page.count("<strong>Cleared: massage</strong>") == 1
        assert page.count("<strong>Cleared: acupuncture and massage</strong>") == 1

    def test_leave_out_whom_something_new_holds(self, signed_in, practitioner, patient):
        make_clearance(patient, practitioner)
        make_sent(patient)

        assert names(signed_in, "?tab=ready") == []

    def test_say_how_many_stand_in_each(self, signed_in, patient, other_patient):
        make_sent(patient)
        make_sent(other_patient, wants=("massage",))

        tabs = {tab.code: n for tab, n in signed_in.get("/reviews/").context["tabs"]}

        assert tabs == {"needs": 2, "patient": 0, "second": 0, "ready": 0, "all": 2, "closed": 0}

    @pytest.mark.parametrize("tab", TABS.values(), ids=list(TABS))
    def test_say_what_is_true_when_they_are_empty(self, signed_in, tab):
        assert tab.empty in signed_in.get(f"/reviews/?tab={tab.code}").content.decode()


class TestARow:
    def test_says_the_heaviest_concern_in_words_and_how_many_more(self, signed_in, patient):
        rules = load_rules().data()
        make_sent(
            patient,
            flags={
                "heart_failure": "consult_first",
                "anticoagulant_use": "caution",
                "antiplatelet_single": "note",
                "diabetes": "caution",
            },
        )

        row = signed_in.get("/reviews/").context["page"].rows[0]

        assert (row.word, row.concern) == (
            "Stop",
            f"{rules.concern('heart_failure')}: {rules.title('heart_failure')}",
        )
        concerns = {rules.concern(c) for c in ("heart_failure", "anticoagulant_use", "diabetes")}
        assert row.more == len(concerns) - 1

    def test_says_that_it_is_overdue(self, signed_in, patient):
        due(make_sent(patient), hours=1)

        assert "Overdue since" in signed_in.get("/reviews/").content.decode()

    def test_is_read_without_opening_anything_encrypted(self, signed_in, patient, monkeypatch):
        make_sent(patient, flags={"diabetes": "caution"})
        signed_in.get("/reviews/")
        opened = []
        from clinic import encryption

        real = encryption.unseal
        monkeypatch.setattr(
            encryption, "unseal", lambda *a, **k: opened.append(k["bound_to"]) or real(*a, **k)
        )

        signed_in.get("/reviews/")

        assert opened == []


def test_another_therapy_needs_another_person(patient, practitioner):
    """What one holds today counts, not what one held once."""
    make_sent(patient)
    ended = make_practitioner("kim@example.org", "Kim", "massage")
    ended.registrations.update(valid_until=timezone.localdate() - timedelta(days=1))

    assert client_of(ended.user).get("/reviews/").status_code == 404
