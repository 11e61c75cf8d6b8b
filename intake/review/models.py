"""What a practitioner decides, and the clearance that a decision issues."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedJSONField, EncryptedTextField
from clinic.people.models import Patient, Registration
from clinic.people.therapies import Therapy
from intake.review.holds import OnHoldMixin
from intake.review.policy import NEXT_STEPS
from intake.submission.models import EmergencyEvent, Flag, Intake, Revision


class Suitability(models.TextChoices):
    SUITABLE = "suitable", "suitable"
    WITH_CHANGES = "suitable_with_changes", "suitable with changes"
    NOT_NOW = "not_now", "not now"


POSITIVE = [Suitability.SUITABLE, Suitability.WITH_CHANGES]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """Those that were not taken back."""
        return self.filter(taken_back__isnull=True)


class Decision(models.Model):
    """One practitioner's decision on one revision. It never changes; a later one supersedes it."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    note = EncryptedTextField(blank=True)
    for_patient = EncryptedTextField(blank=True)
    """What the patient reads, with the next step."""
    weeks = models.PositiveSmallIntegerField(default=6)
    sessions = models.PositiveSmallIntegerField(default=6)
    together = models.BooleanField(default=True)
    """What this person allows; a clearance takes the strictest of the decisions it rests on."""
    keeps = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The decision on an earlier revision that this one repeats, word for word."""
    effective_at = models.DateTimeField(db_default=Now())
    """From when it clears, and the patient is told. Until then it can be taken back."""

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weeks__gte=1, weeks__lte=26, sessions__gte=1, sessions__lte=24),
                name="decision_1_to_26_weeks_1_to_24_sessions",
            ),
        ]

    def __str__(self) -> str:
        return f"decision on {self.revision}"

    @property
    def clears(self) -> bool:
        """Whether it finds any therapy suitable, so that weeks and visits mean something."""
        return any(verdict.is_positive for verdict in self.verdicts.all())


class Verdict(models.Model):
    """Whether one therapy is suitable, by someone registered in it on that day."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="verdicts")
    therapy = models.CharField(max_length=12, choices=Therapy)
    suitability = models.CharField(max_length=24, choices=Suitability)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(blank=True)
    next_step = models.CharField(
        max_length=12,
        blank=True,
        choices=[(code, step.for_staff) for code, step in NEXT_STEPS.items()],
    )
    precautions = EncryptedJSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "therapy"], name="one_verdict_per_therapy"),
            models.CheckConstraint(
                condition=models.Q(suitability__in=Suitability.values), name="verdict_known"
            ),
            models.CheckConstraint(
                condition=models.Q(suitability__in=POSITIVE, next_step="")
                | models.Q(suitability=Suitability.NOT_NOW, next_step__in=list(NEXT_STEPS)),
                name="not_now_has_a_next_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapy}: {self.suitability}"

    @property
    def is_positive(self) -> bool:
        return self.suitability in POSITIVE

    @property
    def next_step_for_the_patient(self) -> str:
        return str(NEXT_STEPS[self.next_step].for_the_patient) if self.next_step else ""


class FlagAnswer(models.Model):
    """What was done about one Stop flag before its therapy was cleared."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="flag_answers")
    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    text = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "flag"], name="one_answer_per_flag")
        ]

    def __str__(self) -> str:
        return self.reason


class Outcome(models.TextChoices):
    RESOLVED = "resolved", "spoke to them: not an emergency, or over and checked"
    SENT_ON = "sent_on", "spoke to them: sent to emergency or urgent care"
    NO_ANSWER = "no_answer", "tried; nobody answered"


SPOKEN_TO = [Outcome.RESOLVED, Outcome.SENT_ON]


class Contact(models.Model):
    """What a practitioner did about urgent answers: who was spoken to and what was found."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="contacts")
    newest_event = models.ForeignKey(
        EmergencyEvent, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The last urgent event this person had seen; later ones need a contact of their own."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=12, choices=Outcome)
    spoke_with = EncryptedTextField(blank=True)
    found = EncryptedTextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="contact_known_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intake} {self.outcome}"


class ClearanceState(models.TextChoices):
    LIVE = "live", "live"
    SUSPENDED = "suspended", "on hold"
    REVOKED = "revoked", "revoked"


class OnHold(models.Func):
    """Whether something of a patient waits for a practitioner since a moment: an urgent answer that
    nobody has resolved, what a practitioner learned, something newer that they sent and nobody has
    decided on, or newer rules that raise something. A change of a form in which no safety answer
    moved holds nothing. Takes: patient id, moment."""

    function = "review_on_hold"
    output_field = models.BooleanField()


class HoldReason(models.Func):
    """Why a clearance is on hold, one of `holds.HOLDS`; empty where nothing holds it.
    Takes: patient id, moment."""

    function = "review_hold_reason"
    output_field = models.TextField()


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def visible_to(self, user) -> "ClearanceQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_practitioner or user.is_reception:
            return self
        return self.filter(patient__account=user)

    def live_on(self, day) -> "ClearanceQuerySet":
        """Those that can be booked in: live, covering the day, and with nothing on hold."""
        live = self.filter(state=ClearanceState.LIVE, valid_from__lte=day, valid_until__gte=day)
        return live.alias(on_hold=OnHold("patient_id", "created_at")).filter(on_hold=False)


class Clearance(OnHoldMixin, models.Model):
    """What may be booked, from when until when, how often, and with which precautions."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="clearances")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="clearances")
    state = models.CharField(max_length=12, choices=ClearanceState, default=ClearanceState.LIVE)
    state_since = models.DateTimeField(db_default=Now())
    valid_from = models.DateField()
    valid_until = models.DateField()
    sessions = models.PositiveSmallIntegerField()
    together = models.BooleanField(default=False)
    """Whether both therapies may share one visit."""
    created_at = models.DateTimeField(db_default=Now())

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="clearance_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(sessions__gte=1, sessions__lte=24),
                name="clearance_1_to_24_sessions",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ClearanceState.values), name="clearance_known_state"
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(state="live"),
                name="one_live_clearance_per_patient",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until", "id"],
                condition=models.Q(state="live"),
                name="clearance_live_until",
            ),
        ]

    def __str__(self) -> str:
        return f"clearance {self.pk}"


class ClearedTherapy(models.Model):
    """One therapy of a clearance, resting on the verdict that allows it."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="therapies")
    therapy = models.CharField(max_length=12, choices=Therapy)
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Verdict, null=True, on_delete=models.PROTECT, related_name="+")
    """The opinion of the other person who found the same, where two have looked."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clearance", "therapy"], name="cleared_once"),
        ]

    def __str__(self) -> str:
        return self.therapy

    @property
    def precautions(self) -> list[str]:
        """Those of everyone it rests on, each once."""
        verdicts = [each for each in (self.verdict, self.second) if each]
        return list(dict.fromkeys(line for verdict in verdicts for line in verdict.precautions))


from intake.review.asking_models import AskQuestion, AskRound, Reply, ReplyDraft  # noqa: E402, F401
from intake.review.doubt_models import RuleDoubt  # noqa: E402, F401
from intake.review.draft_models import DecisionDraft  # noqa: E402, F401
from intake.review.ending_models import (  # noqa: E402, F401
    LookAgain,
    Rescreening,
    RescreeningAnswer,
    Seen,
)
from intake.review.opinion_models import Conclusion, SecondOpinion, TakenBack  # noqa: E402, F401
from intake.review.queue_models import AlertTaken, Claim, Handover, PrivateNote  # noqa: E402, F401
from intake.review.seen_models import FlagSeen, SectionMark  # noqa: E402, F401
