"""Queue and deliver. A notice survives a killed worker: its lease ends and it is sent again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from clinic.identity.services import clinic
from clinic.notices.models import Notice, Opened
from clinic.people import languages
from clinic.people.models import Patient

LEASE = timedelta(minutes=2)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]
SUBJECTS = {
    "draft_waits": _("Your form waits for you"),
    "form_sent": _("We have your form"),
    "question_asked": _("We have a question for you"),
    "question_waits": _("We are waiting for your answer"),
    "question_closed": _("We have closed your form for now"),
    "decided": _("There is news about your form"),
    "booked": _("Your visit is booked"),
    "cancelled": _("Your visit is cancelled"),
}


def tell(
    *, patient: Patient, kind: str, reference: str = "", when: datetime | None = None
) -> Notice:
    """Queues one e-mail to the patient's account, in the caller's transaction."""
    notice = Notice.objects.create(patient=patient, kind=kind, reference=reference, when=when)
    app.configure_task("clinic.notices.tasks.deliver", queue="notices").defer(notice_id=notice.pk)
    return notice


def opened(*, patient: Patient, reference: str, now: datetime | None = None) -> None:
    """The patient has the words of this reference on their screen: they are new no longer."""
    Opened.objects.update_or_create(
        patient=patient, reference=reference, defaults={"at": now or timezone.now()}
    )


def send(*, notice_id: int, now: datetime | None = None) -> bool:
    """Sends one due notice; False when it was sent already or someone else holds it."""
    now = now or timezone.now()
    won = (
        Notice.objects.due(now=now)
        .filter(pk=notice_id)
        .update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    )
    if not won:
        return False
    notice = Notice.objects.select_related("patient__account").get(pk=notice_id)
    try:
        _message(notice).send()
    except Exception as error:
        _postpone(notice, error=error, now=now)
        return False
    Notice.objects.filter(pk=notice_id).update(sent_at=now, leased_until=None, last_error="")
    return True


def send_all_due(*, now: datetime | None = None) -> int:
    """Sends what a lost or killed worker left behind; returns how many went out."""
    now = now or timezone.now()
    due = list(Notice.objects.due(now=now).order_by("pk").values_list("pk", flat=True)[:200])
    return sum(send(notice_id=pk, now=now) for pk in due)


def _message(notice: Notice) -> EmailMessage:
    details = clinic()
    words = {
        "name": notice.patient.call_me,
        "reference": notice.reference,
        "when": notice.when,
        "clinic": details,
        "site": settings.SITE_URL,
    }
    account = notice.patient.account
    with timezone.override(ZoneInfo(details.time_zone)), override(languages.of_account(account)):
        body = render_to_string(f"notices/{notice.kind}.txt", words)
        subject = f"{SUBJECTS[notice.kind]} - {details.name}"
    return EmailMessage(
        " ".join(subject.split()),
        body,
        to=[account.email],
        headers={"Message-ID": f"<notice-{notice.pk}@tandem.invalid>"},
    )


def _postpone(notice: Notice, *, error: Exception, now: datetime) -> None:
    given_up = notice.attempts > len(WAITS)
    wait = WAITS[min(notice.attempts, len(WAITS)) - 1]
    Notice.objects.filter(pk=notice.pk).update(
        leased_until=None,
        not_before=now + wait,
        failed_at=now if given_up else None,
        last_error=type(error).__name__[:120],
    )
