"""Twins of the protections: without one of them, what the model looks at finds the harm.

A workflow whose invariants see nothing would pass for the wrong reason.
"""

import pytest
from django.db import connection, transaction
from factories import at, make_clearance, make_patient, make_sent, part, token
from illegal_decisions import cleared, decision, verdict
from illegal_statements import again, treatment, visit
from invariants import harm
from refusals import run
from traces import Watcher

from intake.booking.models import Room
from intake.booking.services import book
from intake.review.services import open_form

pytestmark = pytest.mark.django_db(transaction=True)
THEN = {"starts": "'{then}'", "ends": "'{then}'::timestamptz + interval '45 minutes'"}
"""When Rosa's visit is."""


@pytest.fixture
def watcher():
    watching = Watcher()
    yield watching
    watching.close()


@pytest.fixture
def rows(patient, other_patient, practitioner, masseur, room) -> dict[str, object]:
    clearance = make_clearance(patient, practitioner, "massage")
    parts = [part(practitioner, room)]
    booked = book(clearance=clearance, parts=parts, token=token(), by=patient.account)
    other = make_clearance(other_patient, practitioner)
    ana = make_patient("ana@example.org", "Ana Reyes")
    waiting = make_sent(ana)
    open_form(intake=waiting.intake, by=practitioner.user)
    acupuncture = practitioner.registrations.get(therapy="acupuncture")
    return {
        "rosa": patient.pk,
        "tomas": other_patient.pk,
        "clearance": clearance.pk,
        "other_clearance": other.pk,
        "revision": clearance.revision_id,
        "visit": booked.pk,
        "mei": practitioner.user_id,
        "mei_works": practitioner.pk,
        "mei_acupuncture": acupuncture.pk,
        "jo": masseur.user_id,
        "waiting": waiting.pk,
        "refusal": clearance.revision.decisions.get().verdicts.get(therapy="acupuncture").pk,
        "room": room.pk,
        "other_room": Room.objects.create(name="Birch room").pk,
        "then": at(3, 10).isoformat(),
        "late": at(100, 10).isoformat(),
    }


LATE = {each: words.replace("then", "late") for each, words in THEN.items()}
TWINS = {
    "a visit after its clearance": (
        [("booking_visit", "visit_inside_a_live_clearance")],
        visit(**LATE) + treatment(**LATE),
        "I2 a visit that no clearance covers",
    ),
    "a therapy cleared by a no, and booked": (
        [("review_clearedtherapy", "cleared_by_a_positive_verdict")],
        cleared("acupuncture", "{refusal}")
        + visit(
            starts="'{then}'::timestamptz + interval '1 day'",
            ends="'{then}'::timestamptz + interval '25 hours'",
        )
        + treatment(
            therapy="acupuncture",
            starts="'{then}'::timestamptz + interval '1 day'",
            ends="'{then}'::timestamptz + interval '25 hours'",
        ),
        "I2 a treatment without a positive decision by someone who holds the therapy",
    ),
    "a therapy cleared past a flag": (
        [],
        """INSERT INTO submission_flag (revision_id, code, rank, acupuncture_weight,
               massage_weight, details) VALUES ({revision}, 'scar', 2, 2, 2, 'x')""",
        "I2 a therapy cleared past a flag that nobody answered or saw",
    ),
    "a verdict by someone who does not hold the therapy": (
        [("review_verdict", "verdict_by_someone_registered")],
        decision(by="{jo}") + verdict("acupuncture", registration="{mei_acupuncture}"),
        "I2 a decision by someone not registered that day",
    ),
    "a practitioner in two places": (
        [("booking_treatment", "practitioner_in_one_place")],
        visit(patient="{tomas}", clearance="{other_clearance}", **THEN)
        + treatment(room="{other_room}", **THEN),
        "I1 one practitioner in two places",
    ),
    "a clearance of someone else's form": (
        [("review_clearance", "clearance_keeps_its_terms")],
        "UPDATE review_clearance SET revision_id = {waiting} WHERE id = {clearance}",
        "I9 a clearance of someone else's form",
    ),
    "a decision on what is outdated": (
        [("review_decision", "decision_on_what_was_sent_last")],
        again("{waiting}") + "SELECT pg_sleep(0.01);" + decision(),
        "I5 a decision on what was not there, or no longer the newest",
    ),
    "two live clearances": (
        [("review_clearance", "one_live_clearance_per_patient")],
        """INSERT INTO review_clearance (patient_id, revision_id, state, valid_from, valid_until,
               sessions, together)
           SELECT patient_id, revision_id, state, valid_from, valid_until, sessions, together
           FROM review_clearance WHERE id = {clearance};
           INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id)
           SELECT (SELECT max(id) FROM review_clearance), therapy, verdict_id
           FROM review_clearedtherapy WHERE clearance_id = {clearance}""",
        "I3 two live clearances of one patient",
    ),
}


class Undone(Exception):
    """Takes everything back: the protection too."""


def seen_without(protections, statement: str) -> set[str]:
    """What the invariants find in the very transaction in which the harm was done."""
    found: set[str] = set()
    here = Watcher.__new__(Watcher)
    here.connection, here.prepared = connection, {}
    with pytest.raises(Undone), transaction.atomic():
        for table, name in protections:
            remove(table, name)
        run(statement)
        found |= {what for what, _ in harm(here)}
        raise Undone
    run("DEALLOCATE ALL")
    return found


def remove(table: str, name: str) -> None:
    kind = run("SELECT 1 FROM pg_trigger WHERE tgname = %s AND NOT tgisinternal", [name])
    index = run(
        "SELECT 1 FROM pg_class c LEFT JOIN pg_constraint k ON k.conname = c.relname"
        " WHERE c.relname = %s AND k.oid IS NULL",
        [name],
    )
    if kind and not run("SELECT 1 FROM pg_constraint WHERE conname = %s AND contype = 'x'", [name]):
        run(f"DROP TRIGGER {name} ON {table}")
    elif index:
        run(f"DROP INDEX {name}")
    else:
        run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


@pytest.mark.parametrize("twin", TWINS)
def test_is_seen_when_its_protection_is_gone(rows, watcher, twin):
    protections, statement, expected = TWINS[twin]
    assert not harm(watcher)

    assert expected in seen_without(protections, statement.format(**rows))
    assert not harm(watcher)


def test_answers_that_were_changed_are_seen(rows, watcher):
    assert watcher.answers_as_they_were(all_of_them=True)
    name = "submission_revision_append_only"
    run(f"ALTER TABLE submission_revision DISABLE TRIGGER {name}")
    try:
        run("UPDATE submission_revision SET answers = screening WHERE id = %s", [rows["revision"]])
    finally:
        run(f"ALTER TABLE submission_revision ENABLE ALWAYS TRIGGER {name}")

    assert not watcher.answers_as_they_were(all_of_them=True)


def test_a_change_without_its_trace_is_seen(rows, watcher):
    watcher.look()

    run("UPDATE submission_intake SET state = 'submitted' WHERE state = 'in_review'")

    assert not watcher.nothing_new()
    assert not watcher.left().events


def test_a_trace_of_another_transaction_is_seen(rows, watcher):
    watcher.look()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE submission_intake SET state = 'submitted' WHERE state = 'in_review'")
        cursor.execute(
            "INSERT INTO audit_event (action, reference, detail, patient_id)"
            " SELECT 'form_put_back', reference, '', patient_id FROM submission_intake"
            " WHERE state = 'submitted'"
        )

    assert watcher.left().torn
