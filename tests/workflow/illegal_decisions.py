"""The statements about decisions and clearances; see illegal_statements.py."""

from illegal_statements import (
    REGISTERED,
    REVOKED,
    URGENT,
    again,
    clearance,
    cleared,
    contact,
    decision,
    flag_answer,
    verdict,
)

TERMS = "clearance_keeps_its_terms"
OPEN_FORM = "decision_on_an_open_form_of_someone_else"
POSITIVE = "cleared_by_a_positive_verdict"
LAPSED = "UPDATE people_registration SET valid_until = current_date - 1;"
LEFT = "UPDATE people_user SET is_active = false WHERE id = {mei};"
ABOUT_EMERGENCIES = "emergency_flag_answered_after_contact"
WAITING = URGENT.replace("{form}", "{waiting_form}")

DECISIONS = {
    "a decision on what is outdated": (
        again("{waiting}") + decision(),
        "decision_on_what_was_sent_last",
    ),
    "a decision on a form that is closed": (decision("{revision}"), OPEN_FORM),
    "a decision about oneself": (decision(by="{ana}"), OPEN_FORM),
    "a decision for half a year and more": (
        decision(weeks=27),
        "decision_1_to_26_weeks_1_to_24_sessions",
    ),
    "a verdict by someone at reception": (decision(by="{sam}") + verdict(), REGISTERED),
    "a verdict by a patient": (decision(by="{rosa_account}") + verdict(), REGISTERED),
    "a verdict on a therapy not held": (
        decision(by="{jo}") + verdict("acupuncture", registration="{jo_massage}"),
        REGISTERED,
    ),
    "a verdict with a colleague's registration": (
        decision(by="{jo}") + verdict("acupuncture", registration="{lee_acupuncture}"),
        REGISTERED,
    ),
    "a verdict after the registration ended": (LAPSED + decision() + verdict(), REGISTERED),
    "a verdict by someone who left": (LEFT + decision() + verdict(), REGISTERED),
    "a second verdict on one therapy": (
        decision() + verdict() + verdict(),
        "one_verdict_per_therapy",
    ),
    "a bare no": (decision() + verdict(suitability="not_now"), "not_now_has_a_next_step"),
    "a yes that leads elsewhere": (
        decision() + verdict(next_step="later"),
        "not_now_has_a_next_step",
    ),
    "a word that is no verdict": (decision() + verdict(suitability="x"), "not_now_has_a_next_step"),
    "a yes past an urgent answer on this form": (
        WAITING + decision() + verdict(),
        "emergency_resolved_before_clearing",
    ),
    "a yes past an urgent answer on another form": (
        URGENT.replace("{form}", "{second_form}") + decision() + verdict(),
        "nothing_urgent_open_when_clearing",
    ),
    "an emergency flag answered like any other": (
        decision() + flag_answer("{urgent_flag}", "tolerated_before"),
        ABOUT_EMERGENCIES,
    ),
    "an emergency flag resolved without a talk": (
        decision() + flag_answer("{urgent_flag}", "resolved_after_contact"),
        ABOUT_EMERGENCIES,
    ),
    "any other flag answered like an emergency": (
        decision() + flag_answer("{flag}", "resolved_after_contact"),
        ABOUT_EMERGENCIES,
    ),
    "a talk noted by reception": (contact("{sam}"), "contact_by_a_practitioner"),
    "a talk noted after the registration ended": (
        LAPSED + contact("{mei}"),
        "contact_by_someone_registered",
    ),
    "a talk about another form's answer": (
        contact("{mei}", event="{other_event}"),
        "contact_by_a_practitioner",
    ),
    "a talk with an outcome that is none": (contact("{mei}", "fine"), "contact_known_outcome"),
    "an opinion asked of oneself": (
        """INSERT INTO review_secondopinion (revision_id, therapy, role, asked_by_id, colleague_id,
               question) VALUES ({waiting}, 'massage', 'second', {mei}, {mei}, '')""",
        "second_opinion_of_someone_else",
    ),
    "someone else's decision taken back": (
        decision()
        + """INSERT INTO review_takenback (decision_id, by_id)
             VALUES ((SELECT max(id) FROM review_decision), {jo})""",
        "taken_back_by_its_maker_before_it_clears",
    ),
    "a decision taken back after it cleared": (
        "INSERT INTO review_takenback (decision_id, by_id) VALUES ({decision}, {mei})",
        "taken_back_by_its_maker_before_it_clears",
    ),
}

CLEARANCES = {
    "a clearance that clears nothing": (REVOKED + clearance(), "clearance_covers_a_therapy"),
    "a clearance before anybody decided": (
        clearance("{ana_patient}", "{waiting}"),
        "clearance_covers_a_therapy",
    ),
    "a clearance of someone else's form": (
        clearance("{ana_patient}"),
        "clearance_of_the_same_patient",
    ),
    "a clearance that begins revoked": (clearance(state="revoked"), "clearance_begins_live"),
    "a clearance without sessions": (REVOKED + clearance(sessions=0), "clearance_1_to_24_sessions"),
    "a second live clearance": (clearance(), "one_live_clearance_per_patient"),
    "a clearance made longer": (
        "UPDATE review_clearance SET valid_until = valid_until + 1",
        TERMS,
    ),
    "a clearance with more sessions": ("UPDATE review_clearance SET sessions = 24", TERMS),
    "a clearance for both at once": ("UPDATE review_clearance SET together = NOT together", TERMS),
    "a clearance given to someone else": (
        "UPDATE review_clearance SET patient_id = {ana_patient} WHERE id = {clearance}",
        TERMS,
    ),
    "a clearance resting on another form": (
        "UPDATE review_clearance SET revision_id = {waiting} WHERE id = {clearance}",
        TERMS,
    ),
    "a revoked clearance that lives again": (
        REVOKED + "UPDATE review_clearance SET state = 'live' WHERE id = {clearance}",
        "clearance_moves",
    ),
    "a clearance in a state that is none": (
        "UPDATE review_clearance SET state = 'x' WHERE id = {clearance}",
        "clearance_known_state",
    ),
    "a clearance deleted": ("DELETE FROM review_clearance", "review_clearance_no_delete"),
    "a therapy cleared by a no": (cleared("acupuncture", "{refusal}"), POSITIVE),
    "a therapy cleared by the verdict on the other": (
        cleared("acupuncture", "{yes}"),
        POSITIVE,
    ),
    "a therapy cleared by a verdict on someone else": (
        cleared("acupuncture", "{other_yes}"),
        POSITIVE,
    ),
}
