"""Statements that must never succeed, as SQL in the application's own role: what is
tried, the statement, and the protection that refuses it. Names in braces are rows of the clinic in
test_illegal_statements.py."""

DAY = "(current_date + {days} + time '{hour}:00')::timestamptz"


def moment(days: int = 5, hour: int = 10) -> str:
    return DAY.format(days=days, hour=hour)


def visit(
    *,
    patient: str = "{rosa}",
    clearance: str = "{clearance}",
    starts: str = moment(),
    ends: str = moment(hour=11),
) -> str:
    return f"""
        INSERT INTO booking_visit (reference, patient_id, clearance_id, starts_at, ends_at,
            booked_by_id, form_token)
        VALUES ('T-2222-3333', {patient}, {clearance}, {starts}, {ends}, {{mei}},
            gen_random_uuid());
    """


def treatment(
    of: str = "(SELECT max(id) FROM booking_visit)",
    *,
    therapy: str = "massage",
    by: str = "{mei_works}",
    room: str = "{room}",
    starts: str = moment(),
    ends: str = moment(hour=11),
) -> str:
    return f"""
        INSERT INTO booking_treatment (visit_id, therapy, practitioner_id, room_id, starts_at,
            ends_at)
        VALUES ({of}, '{therapy}', {by}, {room}, {starts}, {ends});
    """


def decision(revision: str = "{waiting}", by: str = "{mei}", weeks: int = 6) -> str:
    return f"""
        INSERT INTO review_decision (revision_id, by_id, note, for_patient, weeks, sessions,
            together)
        VALUES ({revision}, {by}, '', '', {weeks}, 6, true);
    """


def verdict(
    therapy: str = "massage",
    suitability: str = "suitable",
    registration: str = "{mei_massage}",
    next_step: str = "",
    decision: str = "(SELECT max(id) FROM review_decision)",
) -> str:
    return f"""
        INSERT INTO review_verdict (decision_id, therapy, suitability, registration_id, reason,
            next_step, precautions)
        VALUES ({decision}, '{therapy}', '{suitability}', {registration}, '', '{next_step}', '');
    """


def flag_answer(flag: str, reason: str) -> str:
    return f"""
        INSERT INTO review_flaganswer (decision_id, flag_id, reason, text)
        VALUES ((SELECT max(id) FROM review_decision), {flag}, '{reason}', '');
    """


def clearance(
    patient: str = "{rosa}", revision: str = "{revision}", state: str = "live", sessions: int = 1
) -> str:
    return f"""
        INSERT INTO review_clearance (patient_id, revision_id, state, valid_from, valid_until,
            sessions, together)
        VALUES ({patient}, {revision}, '{state}', current_date, current_date + 7, {sessions},
            false);
    """


def cleared(therapy: str, verdict: str, of: str = "{clearance}") -> str:
    return f"""
        INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id)
        VALUES ({of}, '{therapy}', {verdict});
    """


def again(of: str, number: int = 2, reason: str = "forgot") -> str:
    return f"""
        INSERT INTO submission_revision (intake_id, number, question_set_id, rule_set_id, answers,
            screening, digest, form_token, language, zone, sent_by_id, sent_at, wants_acupuncture,
            wants_massage, rank, change_reason, change_note, moves_safety)
        SELECT intake_id, {number}, question_set_id, rule_set_id, answers, screening, digest,
            gen_random_uuid(), language, zone, sent_by_id, now(), true, true, 0, '{reason}',
            change_note, true
        FROM submission_revision WHERE id = {of};
    """


def contact(by: str, outcome: str = "resolved", event: str = "{event}") -> str:
    return f"""
        INSERT INTO review_contact (intake_id, newest_event_id, by_id, outcome, spoke_with, found)
        VALUES ({{waiting_form}}, {event}, {by}, '{outcome}', '', '');
    """


URGENT = """
    INSERT INTO submission_emergencyevent (intake_id, codes, said, message, happened)
    SELECT {form}, answers, answers, 'M6', 'shown' FROM submission_intake WHERE id = {form};
"""
REVOKED = "UPDATE review_clearance SET state = 'revoked' WHERE id = {clearance};"
DRAFT = """
    INSERT INTO submission_intake (reference, patient_id, question_set_id, state, answers,
        form_token, change_reason, change_note, level)
    SELECT '{{reference}}', {{{{rosa}}}}, question_set_id, '{{state}}', answers,
        gen_random_uuid(), '', '', '' FROM submission_intake WHERE id = {{{{form}}}};
"""


def draft(reference: str = "T-2222-4444", state: str = "draft") -> str:
    filled = DRAFT.replace("{{reference}}", reference).replace("{{state}}", state)
    return filled.replace("{{{{", "{").replace("}}}}", "}")


INSIDE = "visit_inside_a_live_clearance"
HELD = "visit_while_nothing_is_on_hold"
TREATS = "treatment_of_a_cleared_therapy"
REGISTERED = "verdict_by_someone_registered"

BOOKING = {
    "a visit without a clearance": (visit(clearance="NULL"), None),
    "a visit of someone else": (visit(patient="{tomas}"), INSIDE),
    "a visit after the last day": (visit(starts=moment(90), ends=moment(90, 11)), INSIDE),
    "a visit before the first day": (visit(starts=moment(-2), ends=moment(-2, 11)), INSIDE),
    "a visit in a revoked clearance": (REVOKED + visit(), INSIDE),
    "a visit in a suspended clearance": (REVOKED.replace("revoked", "suspended") + visit(), INSIDE),
    "a visit more than the sessions": (
        visit().replace("T-2222-3333", "T-2222-3334")
        + treatment()
        + visit(starts=moment(7), ends=moment(7, 11)),
        INSIDE,
    ),
    "a visit at the same time": (
        visit(starts=moment(3), ends=moment(3, 11)),
        "patient_in_one_place",
    ),
    "a visit with nothing in it": (visit(), "visit_filled_by_its_treatments"),
    "a visit that ends before it starts": (
        visit(ends=moment(hour=9)),
        "visit_ends_after_it_starts",
    ),
    "a visit past midnight": (visit(ends=moment(6)), HELD),
    "a visit without end": (visit(ends="'infinity'"), HELD),
    "a visit while something urgent is open": (URGENT + visit(), HELD),
    "a visit while a change waits": (
        again("{revision}")
        + "UPDATE submission_intake SET state = 'submitted' WHERE id = {form};"
        + visit(),
        HELD,
    ),
    "a visit given to someone else": (
        "UPDATE booking_visit SET patient_id = {tomas} WHERE id = {visit}",
        INSIDE,
    ),
    "a visit that moves to another clearance": (
        "UPDATE booking_visit SET clearance_id = {other_clearance} WHERE id = {visit}",
        INSIDE,
    ),
    "a cancelled visit that stands again": (
        "UPDATE booking_treatment SET cancelled_at = now();"
        "UPDATE booking_visit SET cancelled_at = now();"
        "UPDATE booking_visit SET cancelled_at = NULL",
        "visit_keeps_its_clearance",
    ),
    "a visit stretched": (
        "UPDATE booking_visit SET ends_at = ends_at + interval '1 hour' WHERE id = {visit}",
        "visit_filled_by_its_treatments",
    ),
    "a visit deleted": ("DELETE FROM booking_visit", "booking_visit_no_delete"),
    "a treatment deleted": ("DELETE FROM booking_treatment", "booking_treatment_no_delete"),
    "a treatment cancelled alone": (
        "UPDATE booking_treatment SET cancelled_at = now()",
        "treatments_fill_their_visit",
    ),
    "a treatment of another therapy": (
        "UPDATE booking_treatment SET therapy = 'acupuncture'",
        "treatment_keeps_its_visit",
    ),
    "a treatment that was not cleared": (visit() + treatment(therapy="acupuncture"), TREATS),
    "a treatment by someone not registered in it": (visit() + treatment(by="{lee_works}"), TREATS),
    "a treatment by someone who left": (
        "UPDATE people_user SET is_active = false WHERE id = {mei};" + visit() + treatment(),
        "treatment_by_someone_who_works_here",
    ),
    "a treatment outside its visit": (visit() + treatment(ends=moment(hour=12)), TREATS),
    "a practitioner in two places": (
        visit(
            patient="{tomas}",
            clearance="{other_clearance}",
            starts=moment(3),
            ends=moment(3, 11),
        )
        + treatment(starts=moment(3), ends=moment(3, 11), room="{other_room}"),
        "practitioner_in_one_place",
    ),
    "a room used twice": (
        visit(
            patient="{tomas}",
            clearance="{other_clearance}",
            starts=moment(3),
            ends=moment(3, 11),
        )
        + treatment(starts=moment(3), ends=moment(3, 11), by="{jo_works}"),
        "room_used_once",
    ),
}

KEPT = {
    "submission_revision": "digest = 'x'",
    "submission_flag": "rank = 0",
    "submission_goal": "baseline = 0",
    "submission_signature": "agreed = false",
    "submission_emergencyevent": "happened = 'mistake'",
    "review_decision": "weeks = 26",
    "review_verdict": "suitability = 'suitable', next_step = ''",
    "review_flaganswer": "reason = 'other'",
    "review_flagseen": "flag_id = 0",
    "review_clearedtherapy": "therapy = 'acupuncture'",
    "review_contact": "outcome = 'resolved'",
    "review_conclusion": "at = now()",
    "audit_event": "action = 'nothing'",
}
CHANGED = {
    f"{table} {what}": (statement, f"{table}_append_only")
    for table, new in KEPT.items()
    for what, statement in (
        ("changed", f"UPDATE {table} SET {new}"),
        ("deleted", f"DELETE FROM {table}"),
    )
}

FORMS = {
    "a form deleted": ("DELETE FROM submission_intake", "submission_intake_no_delete"),
    "a form given to someone else": (
        "UPDATE submission_intake SET patient_id = {tomas} WHERE id = {form}",
        "intake_keeps_its_patient_and_questions",
    ),
    "a form under another reference": (
        "UPDATE submission_intake SET reference = 'T-2222-2222' WHERE id = {form}",
        "intake_keeps_its_patient_and_questions",
    ),
    "a form with other questions": (
        "UPDATE submission_intake SET question_set_id = question_set_id + 1 WHERE id = {form}",
        "intake_keeps_its_patient_and_questions",
    ),
    "a form that begins as sent": (draft(state="submitted"), "intake_begins_as_draft"),
    "a form sent with nothing in it": (
        draft() + "UPDATE submission_intake SET state = 'submitted' WHERE state = 'draft'",
        "intake_sent_has_a_revision",
    ),
    "a second draft": (draft() + draft("T-2222-5555"), "one_draft_per_patient"),
    "a form that is a draft again": (
        "UPDATE submission_intake SET state = 'draft' WHERE id = {form}",
        "intake_moves",
    ),
    "a form in a state that is none": (
        "UPDATE submission_intake SET state = 'cleared' WHERE id = {form}",
        "intake_moves",
    ),
    "a form taken back while it clears": (
        "UPDATE submission_intake SET state = 'submitted' WHERE id = {form};"
        "UPDATE submission_intake SET state = 'withdrawn' WHERE id = {form}",
        "taken_back_only_while_nothing_is_cleared",
    ),
    "a revision that skips one": (again("{revision}", 3), "revisions_follow_each_other"),
    "a revision without its reason": (
        again("{revision}", reason=""),
        "later_revision_has_its_reason",
    ),
    "a patient given to another account": (
        "UPDATE people_patient SET account_id = {mei} WHERE id = {rosa}",
        "patient_keeps_the_account",
    ),
    "a registration in another therapy": (
        "UPDATE people_registration SET therapy = 'massage' WHERE id = {lee_acupuncture}",
        "registration_keeps_its_therapy",
    ),
    "published rules changed": (
        "UPDATE screening_ruleset SET digest = 'x'",
        "published_rule_set_never_changes",
    ),
}
