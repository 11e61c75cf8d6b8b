"""Twins for what came later: newer rules, the ten minutes, questions to patients, people who leave.
See test_machine_sees_harm.py."""

import pytest
from factories import make_patient, make_sent
from illegal_statements import clearance, cleared, decision, treatment, verdict, visit
from invariants import harm
from test_machine_sees_harm import rows, seen_without, watcher

from intake.review.services import open_form

__all__ = ["rows", "watcher"]
pytestmark = pytest.mark.django_db(transaction=True)
LATEST = "(SELECT max(id) FROM {})"
SEEN = """
    INSERT INTO review_seen (decision_id, digest, decided_by, version, beside)
    VALUES ((SELECT max(id) FROM review_decision), '', '', 3, '');
"""
PENDING = decision("{ruled_out}").replace("together)", "together, effective_at)")
PENDING = PENDING.replace("true);", "true, now() + interval '10 minutes');") + verdict() + SEEN
DECIDED = decision("{ruled_out}") + verdict() + SEEN
CLEARED = clearance("{ida}", "{ruled_out}") + cleared(
    "massage", LATEST.format("review_verdict"), LATEST.format("review_clearance")
)
STOPS = ("review_clearedtherapy", "stops_answered_before_clearing")
CHECKS = ("review_clearedtherapy", "checks_seen_before_clearing")
TWO = ("review_clearedtherapy", "two_people_pass_what_rules_out")
NEWER = """
    INSERT INTO screening_ruleset (name, number, digest, rows, created_at, published_at, note)
    SELECT 'later', number + 1, 'x', rows, now(), now(), '' FROM screening_ruleset;
    INSERT INTO review_rescreening (revision_id, rule_set_id, acupuncture, massage, could_read,
        raised)
    SELECT {ruled_out}, max(id), 3, 3, true, '' FROM screening_ruleset;
"""
ANSWERED = """
    INSERT INTO review_rescreeninganswer (rescreening_id, therapy, keeps, reason, by_id,
        registration_id)
    SELECT max(id), 'acupuncture', true, '', {jo}, {mei_acupuncture} FROM review_rescreening;
"""
LOOKED = """
    INSERT INTO review_lookagain (intake_id, by_id, registration_id, reason)
    SELECT intake_id, {mei}, {mei_acupuncture}, '' FROM submission_revision WHERE id = {revision};
"""
ASKED = """
    INSERT INTO review_askround (intake_id, revision_id, by_id, asked_at, by_phone, ended, note)
    SELECT intake_id, id, {mei}, now() - interval '1 hour', false, '', ''
    FROM submission_revision WHERE id = {ruled_out};
"""
REPLIED = """
    INSERT INTO review_askquestion (round_id, code, line)
    SELECT max(id), '', '' FROM review_askround;
    INSERT INTO review_reply (question_id, by_id, words, cannot_say)
    SELECT max(id), {jo}, '', true FROM review_askquestion;
"""
LATER = {"starts": "'{then}'::timestamptz + interval '1 day'"}
LATER["ends"] = LATER["starts"].replace("1 day", "25 hours")
BOOKED = visit(**LATER) + treatment(**LATER)

TWINS = {
    "cleared in the ten minutes": (
        [STOPS, CHECKS, TWO, ("review_clearedtherapy", "cleared_once_nothing_can_be_taken_back")],
        PENDING + CLEARED,
        "I2 cleared while it could be taken back, or after it was",
    ),
    "gone out in the ten minutes": (
        [("review_conclusion", "told_once_nothing_can_be_taken_back")],
        PENDING
        + """INSERT INTO review_conclusion (revision_id, by_id, at)
             VALUES ({ruled_out}, {mei}, now());""",
        "I3 gone out while something could be taken back",
    ),
    "told before it went out": (
        [],
        """INSERT INTO notices_notice (kind, reference, patient_id, attempts, last_error)
           SELECT 'decided', reference, patient_id, 0, '' FROM submission_intake
           WHERE patient_id = {ida}
        """,
        "I6 told before it went out, or not told",
    ),
    "what rules out passed by one person": (
        [STOPS, CHECKS, TWO],
        DECIDED + CLEARED,
        "I2 what rules a therapy out passed by one person",
    ),
    "cleared past newer rules": (
        [STOPS, CHECKS, TWO, ("review_clearedtherapy", "cleared_after_newer_rules_were_read")],
        NEWER + DECIDED + CLEARED,
        "I5 cleared past newer rules",
    ),
    "booked past newer rules": (
        [("booking_visit", "visit_while_nothing_is_on_hold")],
        NEWER + BOOKED,
        "I2 a visit booked past newer rules",
    ),
    "booked while somebody looked again": (
        [
            ("review_lookagain", "looked_at_again_by_someone_registered"),
            ("booking_visit", "visit_while_nothing_is_on_hold"),
        ],
        LOOKED + BOOKED,
        "I2 a visit booked while somebody looked again",
    ),
    "newer rules answered by someone not registered": (
        [("review_rescreeninganswer", "answered_by_someone_registered")],
        NEWER + ANSWERED,
        "I5 newer rules answered by someone not registered, or kept past what they rule out",
    ),
    "a question without a form that waits": (
        [("review_askround", "open_while_the_form_waits")],
        ASKED,
        "I3 a form waits without a question, or a question without a form",
    ),
    "decided while a question is open": (
        [("review_decision", "decision_on_an_open_form_of_someone_else")],
        ASKED
        + "UPDATE submission_intake SET state = 'asked' WHERE patient_id = {ida};"
        + decision("{ruled_out}"),
        "I5 decided while a question was open",
    ),
    "a reply by someone else": (
        [("review_reply", "reply_by_the_patient_asked")],
        ASKED + REPLIED,
        "I9 a reply by someone else, or to another form",
    ),
    "booked with someone who left": (
        [("booking_treatment", "treatment_by_someone_who_works_here")],
        "UPDATE people_user SET is_active = false WHERE id = {mei};" + BOOKED,
        "I2 a visit booked with someone who left",
    ),
}


@pytest.fixture
def more(rows, practitioner) -> dict[str, object]:
    """Ida's form is in review, and a finding in it rules both therapies out."""
    ida = make_patient("ida@example.org", "Ida Brandt")
    sent = make_sent(ida, flags={"dvt_current": "contraindicated"})
    open_form(intake=sent.intake, by=practitioner.user)
    massage = practitioner.registrations.get(therapy="massage")
    return rows | {"ida": ida.pk, "ruled_out": sent.pk, "mei_massage": massage.pk}


@pytest.mark.parametrize("twin", TWINS)
def test_is_seen_when_its_protection_is_gone(more, watcher, twin):
    protections, statement, expected = TWINS[twin]
    assert not harm(watcher)

    assert expected in seen_without(protections, statement.format(**more))
    assert not harm(watcher)
