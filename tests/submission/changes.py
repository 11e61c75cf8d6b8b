"""A sent form changed by its patient, step by step, through the services."""

from datetime import date

from intake.questionnaire.outline import SetOutline
from intake.submission import services
from intake.submission.changing import begin_change
from intake.submission.models import Intake, Revision
from tests.submission.filling import plain_answers


def begun(intake: Intake, *, reason: str = "changed", note: str = "") -> Intake:
    return begin_change(intake=intake, reason=reason, note=note, by=intake.patient.account)


def said(intake: Intake, **answers: object) -> Intake:
    return services.save_answers(intake=intake, answers=answers, by=intake.patient.account)


def answered_again(copy: Intake, questions: SetOutline, today: date, **answers: object) -> Intake:
    """Everything as in `plain_answers`, but for these answers."""
    return said(copy, **{**plain_answers(questions, today, **answers), **answers})


def changed(intake: Intake, questions: SetOutline, today: date, **answers: object) -> Intake:
    sent_again(intake, questions, today, **answers)
    return Intake.objects.select_related("patient").get(pk=intake.pk)


def sent_again(
    intake: Intake, questions: SetOutline, today: date, *, note: str = "", **answers: object
) -> Revision:
    copy = answered_again(begun(intake, note=note), questions, today, **answers)
    account = intake.patient.account
    return services.send(intake=copy, token=str(copy.form_token), by=account)
