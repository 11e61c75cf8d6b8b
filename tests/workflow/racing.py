"""Two people at the same moment, each in a thread and a database connection of their own."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection
from django.utils import timezone

from clinic.errors import Refused
from clinic.people.models import Patient, User
from intake.review.services import Opinion, decide, open_form
from intake.submission import services
from intake.submission.changing import begin_change
from intake.submission.models import Intake, Revision

Work = Callable[[], object]


@contextmanager
def two_at_once() -> Iterator[Callable[[Work, Work], list]]:
    """Both begin at one moment. Each result is what was returned, or the refusal; anything else
    that goes wrong goes through."""
    barrier = Barrier(2)

    def run(work: Work) -> object:
        barrier.wait(30)
        try:
            return work()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        yield lambda *both: list(pool.map(run, both))
        list(pool.map(lambda _: (barrier.wait(30), connection.close()), range(2)))


def sent(patient: Patient, answers: dict) -> Revision:
    draft = services.begin(by=patient.account, patient=patient)
    saved = services.save_answers(intake=draft, answers=answers, by=patient.account)
    return services.send(intake=saved, token=str(saved.form_token), by=patient.account)


def sent_like(revision: Revision) -> Revision:
    """Another form of the same patient, sent as this one was, in two rows."""
    first = Intake.objects.get(pk=revision.intake_id)
    intake = Intake.objects.create(patient=first.patient, question_set=first.question_set)
    copied = {f.attname: getattr(revision, f.attname) for f in Revision._meta.concrete_fields}
    copied |= {"id": None, "intake_id": intake.pk, "form_token": uuid.uuid4()}
    made = Revision.objects.create(**copied | {"sent_at": timezone.now()})
    Intake.objects.filter(pk=intake.pk).update(state="submitted")
    return made


def opened(revision: Revision, by: User) -> Revision:
    intake = Intake.objects.select_related("patient").get(pk=revision.intake_id)
    return open_form(intake=intake, by=by)


def ready_to_change(revision: Revision, answers: dict) -> Intake:
    """A working copy with every answer in it, not sent yet."""
    intake = Intake.objects.select_related("patient__account").get(pk=revision.intake_id)
    account = intake.patient.account
    begin_change(intake=intake, reason="changed", by=account)
    return services.save_answers(intake=intake, answers=answers, by=account)


def decided(revision: Revision, by: User, *, seen: int | None = None) -> object:
    return decide(
        revision=revision,
        opinions=[Opinion(therapy, "suitable") for therapy in revision.wanted],
        by=by,
        flag_answers={flag.pk: ("confirmed_with_doctor", "") for flag in revision.flags.all()},
        seen=seen,
    )


def sends(intake: Intake) -> object:
    account = intake.patient.account
    return services.send(intake=intake, token=str(intake.form_token), by=account)
