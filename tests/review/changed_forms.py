"""A form that was decided on, and what its patient sends afterwards."""

from refusals import run

from clinic.people.models import User
from intake.review.services import Opinion, decide, open_form
from intake.review.weighing import needs_answer
from intake.submission import services
from intake.submission.models import Intake, Revision
from tests.submission.changes import sent_again


def first_sent(complete: Intake) -> Revision:
    account = complete.patient.account
    return services.send(intake=complete, token=str(complete.form_token), by=account)


def decided(revision: Revision, by: User, **suitability: str) -> Intake:
    """Opened and decided; every Stop flag was confirmed with the doctor, the others were seen."""
    open_form(intake=of(revision), by=by)
    stops = {
        flag.pk
        for flag in revision.flags.all()
        if any(needs_answer(flag, therapy) for therapy in revision.wanted)
    }
    decide(
        revision=revision,
        opinions=[_opinion(each, suitability.get(each, "suitable")) for each in revision.wanted],
        by=by,
        for_patient="You can book both.",
        flag_answers={pk: ("confirmed_with_doctor", "") for pk in stops},
        flags_seen=[flag.pk for flag in revision.flags.all() if flag.pk not in stops],
    )
    run("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit would
    run("SET CONSTRAINTS ALL DEFERRED")
    return of(revision)


def _opinion(therapy: str, suitability: str) -> Opinion:
    if suitability == "not_now":
        return Opinion(therapy, suitability, reason="Doctor first.", next_step="see_doctor")
    return Opinion(therapy, suitability)


def of(revision: Revision) -> Intake:
    return Intake.objects.select_related("patient").get(pk=revision.intake_id)


def changed(intake: Intake, questions, today, **answers: object) -> Revision:
    return sent_again(intake, questions, today, **answers)
