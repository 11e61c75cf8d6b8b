"""Who is here: accounts, patients, practitioners and what they are registered for."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from clinic.people.therapies import Therapy
from clinic.references import new_reference


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """The first manager of a clinic; `createsuperuser` calls this."""
        return self.create_user(email, password, is_manager=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """An account. Patients sign in by e-mailed code; staff by password and a second factor."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(
        "may sign in", default=True, help_text="Untick to end this person's access at once."
    )
    is_reception = models.BooleanField(
        "reception", default=False, help_text="Manages the diary; never sees answers or flags."
    )
    is_manager = models.BooleanField(
        "manager", default=False, help_text="Runs the clinic from this site; sees no answers."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=10, blank=True)
    """The one a patient reads; empty until they said so. People who work here read English."""

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.CheckConstraint(
                condition=models.Q(email__regex=r"^[!-@\[-~]+$"),
                name="address_in_small_plain_letters",
            ),
            models.CheckConstraint(
                condition=models.Q(language__regex=r"^([a-z]{2,3}(-[a-z0-9]{2,6})?)?$"),
                name="language_is_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def practitioner_or_none(self) -> "Practitioner | None":
        return getattr(self, "practitioner", None)

    @property
    def is_practitioner(self) -> bool:
        return self.practitioner_or_none is not None

    @property
    def is_registered(self) -> bool:
        """A practitioner with at least one registration that is valid today."""
        held = self.practitioner_or_none
        return held is not None and bool(held.therapies_on(timezone.localdate()))

    @property
    def is_staff_member(self) -> bool:
        """Anyone who works here, and so must use a second factor."""
        return self.is_reception or self.is_manager or self.is_practitioner

    # The admin site asks these; it holds no clinical answers, so managers may do all of it.
    @property
    def is_staff(self) -> bool:
        return self.is_manager

    @property
    def is_superuser(self) -> bool:
        return self.is_manager

    def has_perm(self, perm: str, obj=None) -> bool:
        return self.is_active and self.is_manager

    def has_perms(self, perms, obj=None) -> bool:
        return self.is_active and self.is_manager

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_manager


class PatientQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PatientQuerySet":
        """Those this person may know of: their own, or all for people who work with patients."""
        if not user.is_authenticated:
            return self.none()
        if user.is_practitioner or user.is_reception:
            return self
        return self.filter(account=user)

    def looked_after_by(self, account: User) -> "PatientQuerySet":
        """The people of one account: the account holder first, then in the order they came."""
        is_self = models.Case(models.When(relation=Patient.Relation.SELF, then=0), default=1)
        return self.filter(account=account).order_by(is_self, "pk")


class Patient(models.Model):
    """A person who is treated. One account may look after several."""

    class Relation(models.TextChoices):
        SELF = "self", "the account holder"
        CHILD = "child", "a child of the account holder"
        CARED_FOR = "cared_for", "someone the account holder looks after"

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="patients")
    relation = models.CharField(max_length=12, choices=Relation, default=Relation.SELF)
    name = models.CharField(max_length=200, blank=True)
    call_me = models.CharField(max_length=100, blank=True)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(relation="self"),
                name="one_account_holder_per_account",
            ),
            models.CheckConstraint(
                condition=models.Q(relation__in=["self", "child", "cared_for"]),
                name="patient_known_relation",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reference

    @property
    def called(self) -> str:
        """The name that the account's own pages use; the account holder may have none yet."""
        return self.call_me or self.name or gettext("You")

    @property
    def is_account_holder(self) -> bool:
        return self.relation == self.Relation.SELF

    def age_on(self, day: date) -> int | None:
        """Completed years; None while the date of birth is unknown."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


class Practitioner(models.Model):
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="practitioner")
    title = models.CharField(
        "shown to patients as",
        max_length=120,
        help_text="For example: Mei Lindqvist, acupuncturist.",
    )

    def __str__(self) -> str:
        return str(self.user)

    @cached_property
    def _held(self) -> "list[Registration]":
        return list(self.registrations.all())

    def therapies_on(self, day: date) -> set[str]:
        """Therapies this person may decide on and give on that day."""
        return {r.therapy for r in self._held if r.valid_until >= day}


class Registration(models.Model):
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="registrations"
    )
    therapy = models.CharField(max_length=12, choices=Therapy)
    body = models.CharField("registered with", max_length=200)
    number = models.CharField("registration number", max_length=60)
    valid_until = models.DateField(
        help_text="After this day the person can neither decide on this therapy "
        "nor be booked for it."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "therapy"], name="one_registration_per_therapy"
            ),
            models.CheckConstraint(
                condition=models.Q(therapy__in=Therapy.values), name="registration_known_therapy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_therapy_display()}: {self.body} {self.number}"
