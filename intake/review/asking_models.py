"""Questions to the patient: rounds, what was asked in them, and what came back."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedJSONField, EncryptedTextField
from intake.submission.models import Intake, Revision
from intake.submission.states import State


class Ended(models.TextChoices):
    WRITTEN = "written", "answered in writing"
    PHONE = "phone", "answered by phone"
    CHANGED = "changed", "they changed the form instead"
    WITHDRAWN = "withdrawn", "they took the form back"
    REOPENED = "reopened", "taken up again without an answer"


class AskRoundQuerySet(models.QuerySet["AskRound"]):
    def open(self) -> "AskRoundQuerySet":
        """Those that wait for the patient: at most one for each form."""
        return self.filter(ended_at__isnull=True)

    def in_writing(self) -> "AskRoundQuerySet":
        return self.filter(by_phone=False)

    def with_thread(self) -> "AskRoundQuerySet":
        """Newest first, with the people, the questions and what came back."""
        people = self.select_related("by", "ended_by", "came_back")
        return people.defer("came_back__answers", "came_back__screening").prefetch_related(
            "questions__reply"
        )


class AskRound(models.Model):
    """What was asked at one moment. It is open until something comes back, closed form or not."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="ask_rounds")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    """What had been read when it was asked."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Null for a call that was noted before rounds were kept."""
    asked_at = models.DateTimeField(db_default=Now())
    by_phone = models.BooleanField(default=False)
    """We call them; nothing is asked in writing."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, blank=True, choices=Ended)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = EncryptedTextField(blank=True, default="")
    """What was said on the phone, in a line."""
    came_back = models.OneToOneField(
        Revision, on_delete=models.PROTECT, null=True, related_name="answers_round"
    )
    """What was sent with the answers."""

    objects = AskRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_round_per_form",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended="", came_back__isnull=True)
                | models.Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    ended=Ended.WRITTEN,
                    came_back__isnull=False,
                )
                | models.Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    ended__in=[each for each in Ended.values if each != Ended.WRITTEN],
                    came_back__isnull=True,
                ),
                name="round_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(by_phone=True) | models.Q(by__isnull=False),
                name="somebody_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"questions about {self.intake}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class AskQuestion(models.Model):
    """One question of the form, or something else, with the practitioner's line."""

    round = models.ForeignKey(AskRound, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=60, blank=True)
    """Empty for something that the form does not ask."""
    line = EncryptedTextField()
    """What the practitioner wants to know. The patient reads it."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="asked_once_in_a_round"),
        ]

    def __str__(self) -> str:
        return self.code or "something else"


class Reply(models.Model):
    """What came back to one question. It never changes."""

    question = models.OneToOneField(AskQuestion, on_delete=models.PROTECT, related_name="reply")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    before = EncryptedJSONField(null=True)
    answer = EncryptedJSONField(null=True)
    """The question of the form, answered anew; null where it was not."""
    words = EncryptedTextField(blank=True, default="")
    cannot_say = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"reply to {self.question}"


class ReplyDraft(models.Model):
    """What the patient has answered so far. Theirs alone; gone once the round has ended."""

    round = models.OneToOneField(AskRound, on_delete=models.CASCADE, related_name="draft")
    kept = EncryptedJSONField(default=dict)
    """answers, words and cannot (what cannot be said), by key; met: urgent answers that were met
    and gone on from."""
    saved_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"draft for {self.round}"


def with_call(forms: models.QuerySet[Intake]) -> models.QuerySet[Intake]:
    """`we_call`: whether the form waits for a call of ours."""
    calls = AskRound.objects.open().filter(intake=models.OuterRef("pk"), by_phone=True)
    return forms.annotate(we_call=models.Exists(calls))


def is_paused(intake: Intake) -> bool:
    """Of a form read `with_call`."""
    return intake.state == State.ASKED and not intake.we_call
