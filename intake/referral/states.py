"""The stations of a letter and the only moves between them, in the words of staff and patient."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFTED = "drafted", "being written"
    SENT = "sent", "sent, no reply yet"
    REPLIED = "replied", "answered"


MOVES = {Status.DRAFTED: Status.SENT, Status.SENT: Status.REPLIED}
"""From where to where. The words of a letter stay as they are from the moment it is sent."""

FOR_THE_PATIENT = {
    Status.SENT: _("We wrote this letter. There is no answer yet."),
    Status.REPLIED: _("We wrote this letter, and there is an answer."),
}


class Urgency(models.TextChoices):
    """How soon someone must act. Targets: section “Letters” of docs/decisions/0005."""

    SAME_DAY = "R1", "same day: call first, then send"
    SOON = "R2", "soon: seen within 2 weeks"
    ROUTINE = "R3", "routine"
    QUESTION = "C", "a question before we treat"


REPLY_WITHIN = {
    Urgency.SAME_DAY: timedelta(days=1),
    Urgency.SOON: timedelta(days=14),
    Urgency.QUESTION: timedelta(days=14),
}
"""After this a letter without a reply is overdue; ten working days are counted as 14 days.
A routine letter asks for no reply."""


class Permission(models.TextChoices):
    """Why this letter may leave the clinic."""

    ON_FORM = "on_form", "agreed on the form"
    ASKED = "asked", "asked and agreed, for this letter"
    DANGER = "danger", "danger to life: sent without asking, as the law allows"


class Way(models.TextChoices):
    POST = "post", "by post"
    HANDED = "handed", "handed to the patient"
    SECURE_MAIL = "secure_mail", "by secure mail, outside this site"
    PHONE = "phone", "read out by phone, then by post"
