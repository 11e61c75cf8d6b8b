"""The clinic's own name, numbers and hours of cover. One row."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models


def known_zone(name: str) -> None:
    """Raises ValidationError unless this is the name of a time zone."""
    if name not in available_timezones():
        raise ValidationError("Write the name of a time zone, for example Europe/London.")


class Clinic(models.Model):
    name = models.CharField(max_length=120, default="Our clinic")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True, help_text="Shown on every page as help.")
    emergency_number = models.CharField(
        max_length=20,
        blank=True,
        help_text="The local emergency number. Left blank, pages say "
        "“your local emergency number”.",
    )
    crisis_line = models.CharField(
        max_length=120, blank=True, help_text="A crisis line for people in distress, at any hour."
    )
    hours_text = models.CharField(
        "opening hours in words",
        max_length=120,
        blank=True,
        help_text="For example: Mon to Fri, 9 to 5.",
    )
    reply_days = models.PositiveSmallIntegerField(
        "a practitioner reads within (working days)", default=3
    )
    time_zone = models.CharField(
        max_length=60,
        default="Europe/London",
        validators=[known_zone],
        help_text="For example Europe/London. All times on pages and in e-mails are in this zone.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "clinic details"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_clinic"),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """When somebody here reads forms. Without a row, the usual office week counts."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name = verbose_name_plural = "opening hours"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, closes__gt=models.F("opens")),
                name="opening_hours_end_after_they_begin",
                violation_error_message="Write a closing time after the opening time.",
            ),
            models.UniqueConstraint(fields=["weekday", "opens"], name="opens_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"
