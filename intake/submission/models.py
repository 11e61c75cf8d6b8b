"""What a patient answered: drafts, and revisions that never change."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedJSONField, EncryptedTextField
from clinic.people.models import Patient
from clinic.people.therapies import Therapy
from clinic.references import new_reference
from intake.questionnaire.models import QuestionSet, Translation
from intake.screening.models import RuleSet
from intake.submission.intake_indexes import INDEXES
from intake.submission.states import CHANGEABLE, FOR_THE_PATIENT, Reason, State
from intake.submission.waits import FEWEST, MEASURED_OVER, MOST, PercentileCont, Waits, whole_days


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user) -> "IntakeQuerySet":
        """Patients see their own; practitioners see what was sent, never a draft."""
        if not user.is_authenticated:
            return self.none()
        if user.is_practitioner:
            return (
                self.exclude(state__in=[State.DRAFT, State.EXPIRED])
                .filter(revisions__isnull=False)
                .distinct()
            )
        if user.is_staff_member:
            return self.none()
        return self.filter(patient__account=user)

    def locked(self, pk: int) -> "Intake":
        """One form, held until the transaction ends. Its patient is read with it and not held:
        whoever books or cancels for them need not wait."""
        return self.select_for_update(of=("self",)).select_related("patient").get(pk=pk)

    def drafts(self) -> "IntakeQuerySet":
        return self.filter(state=State.DRAFT)

    def being_changed(self) -> "IntakeQuerySet":
        return self.filter(changing_since__isnull=False)

    def being_filled_in(self) -> "IntakeQuerySet":
        """Drafts, and changes that were begun and not sent."""
        return self.filter(models.Q(state=State.DRAFT) | models.Q(changing_since__isnull=False))

    def with_sent_at(self) -> "IntakeQuerySet":
        """`sent_at`: when the patient last sent it; None for a form that was never sent."""
        newest = Revision.objects.filter(intake=models.OuterRef("pk")).order_by("-number")
        return self.annotate(sent_at=models.Subquery(newest.values("sent_at")[:1]))

    def waits(self, *, at: datetime) -> Waits | None:
        """From sending to decision, over the last days; None while there are too few decisions."""
        lately = self.filter(state=State.DECIDED, state_since__gt=at - MEASURED_OVER)
        wait = models.F("state_since") - models.F("sent_at")
        found = lately.with_sent_at().aggregate(
            decided=models.Count("pk"),
            half=PercentileCont(wait, part=0.5),
            most=PercentileCont(wait, part=MOST),
        )
        if found["decided"] < FEWEST:
            return None
        return Waits(half=whole_days(found["half"]), most=whole_days(found["most"]))


class Intake(models.Model):
    """One intake form of one patient, pinned to the question set it was begun with."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="intakes")
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(db_default=Now())
    answers = EncryptedJSONField(default=dict)
    form_token = models.UUIDField(default=uuid.uuid4, unique=True)
    saved_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())
    builds_on = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """While it is being filled in: what the patient sent last time, shown beside the questions."""
    changing_since = models.DateTimeField(null=True, blank=True)
    """The patient is changing what was sent. Until that is sent, `answers` are theirs alone."""
    change_reason = models.CharField(max_length=10, blank=True, choices=Reason)
    change_note = EncryptedTextField(blank=True, default="")
    level = models.CharField(
        max_length=5,
        blank=True,
        choices=[(word, word.capitalize()) for word in ("stop", "check", "ask", "note", "none")],
    )
    """The word for the heaviest finding in what was sent last; empty before that."""
    due_at = models.DateTimeField(null=True, blank=True)
    """When it is to be looked at; see due.py. A form without a time stands first."""

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="intake_known_state"
            ),
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(state="draft"), name="one_draft_per_patient"
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(changing_since__isnull=False),
                name="one_change_per_patient",
            ),
            models.CheckConstraint(
                condition=models.Q(changing_since__isnull=True, change_reason="")
                | models.Q(
                    changing_since__isnull=False,
                    change_reason__in=Reason.values,
                    builds_on__isnull=False,
                    state__in=CHANGEABLE,
                ),
                name="change_of_a_sent_form_has_its_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=["", "stop", "check", "ask", "note", "none"]),
                name="intake_known_level",
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return self.reference

    @property
    def is_changing(self) -> bool:
        return self.changing_since is not None

    @property
    def is_open(self) -> bool:
        """Whether the patient writes in it: a draft, or a change that is not sent yet."""
        return self.state == State.DRAFT or self.is_changing

    @property
    def for_the_patient(self) -> str:
        return str(FOR_THE_PATIENT[State(self.state)])


class RevisionQuerySet(models.QuerySet["Revision"]):
    def standing(self) -> "RevisionQuerySet":
        """Those of forms that were not taken back."""
        return self.exclude(intake__state=State.WITHDRAWN)

    def last_sent(self) -> "Revision | None":
        return self.order_by("-pk").first()


class Revision(models.Model):
    """What the patient sent at one moment. It never changes; amending makes the next one."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    translation = models.ForeignKey(
        Translation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The words the patient read and signed; null for the original ones."""
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    answers = EncryptedJSONField()
    screening = EncryptedJSONField()
    """The whole result of the screening, as it was on that day."""
    digest = models.CharField(max_length=64)
    form_token = models.UUIDField(unique=True)
    language = models.CharField(max_length=10)
    """The patient's own on that day, also where the questions were not there in it."""
    zone = models.CharField(max_length=60)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    wants_acupuncture = models.BooleanField()
    wants_massage = models.BooleanField()
    rank = models.PositiveSmallIntegerField()
    """Highest level of any flag, 0 to 5; orders the queue without opening answers."""
    change_reason = models.CharField(max_length=10, blank=True, choices=Reason)
    """Why the patient sent it again; empty for the first."""
    change_note = EncryptedTextField(blank=True, default="")
    moves_safety = models.BooleanField(default=True)
    """Whether what is cleared waits for a practitioner: a safety answer or a flag is not as it was
    in the revision before. The first revision always does."""

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, rank__lte=5), name="revision_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(number=1, change_reason="", moves_safety=True)
                | models.Q(number__gt=1, change_reason__in=Reason.values),
                name="later_revision_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intake} revision {self.number}"

    @property
    def wanted(self) -> list[str]:
        """The therapies the patient asked for, and so read the consent of."""
        return [each for each in Therapy.values if getattr(self, f"wants_{each}")]


class Flag(models.Model):
    """One finding on one revision: code and levels in clear for work, evidence encrypted."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="flags")
    code = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    acupuncture_weight = models.PositiveSmallIntegerField()
    massage_weight = models.PositiveSmallIntegerField()
    """0 to 5: what clearing each therapy has to reckon with. PostgreSQL reads these."""
    details = EncryptedJSONField()

    class Meta:
        ordering = ["-rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "code"], name="flag_once"),
            models.CheckConstraint(
                condition=models.Q(acupuncture_weight__lte=5, massage_weight__lte=5),
                name="flag_weighs_0_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Goal(models.Model):
    """One goal with its rating at the start, on the 0 to 10 scale of its question."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="goals")
    code = models.CharField(max_length=20)
    baseline = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "code"], name="goal_once"),
            models.CheckConstraint(
                condition=models.Q(baseline__isnull=True) | models.Q(baseline__lte=10),
                name="goal_baseline_0_to_10",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Signature(models.Model):
    """A consent or the final signature: what was agreed to, by whom, typed by hand."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="signatures")
    code = models.CharField(max_length=60)
    agreed = models.BooleanField()
    typed_name = EncryptedTextField(blank=True)
    text_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "code"], name="signature_once")]

    def __str__(self) -> str:
        return self.code


from intake.submission.emergency_models import EmergencyEvent  # noqa: E402, F401
