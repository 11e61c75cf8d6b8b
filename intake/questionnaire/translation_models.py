"""A question set in a further language, in numbered versions. Never changed: see migration 0003."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """In English, for staff: "Spanish"."""
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return code


class TranslationQuerySet(models.QuerySet["Translation"]):
    def published(self) -> "TranslationQuerySet":
        return self.filter(published_at__isnull=False)

    def newest(self, question_set_id: int, language: str) -> "Translation | None":
        found = self.published().filter(question_set=question_set_id, language=language)
        return found.order_by("-number").first()

    def counted(self) -> "TranslationQuerySet":
        """With `all_texts`, `unchecked`, and the same of what is urgent or signed."""
        unchecked = Q(texts__state=TranslatedText.State.DRAFT)
        vital = Q(texts__is_vital=True)
        return self.annotate(
            all_texts=Count("texts"),
            unchecked=Count("texts", filter=unchecked),
            vital_checked=Count("texts", filter=vital & ~unchecked),
            vital_unchecked=Count("texts", filter=vital & unchecked),
        )


class Translation(models.Model):
    question_set = models.ForeignKey(
        "questionnaire.QuestionSet", models.PROTECT, related_name="translations"
    )
    language = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField(
        help_text="Counts up with every correction of one version in one language."
    )
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="From this moment on, no word in it changes."
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ["-question_set__number", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_set", "language", "number"], name="translation_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(language="en"), name="translation_is_of_another_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language_name}, translation {self.number} of {self.question_set}"

    @property
    def language_name(self) -> str:
        return language_name(self.language)


class TranslatedText(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "not checked"
        CHECKED = "checked", "checked"

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="texts")
    address = models.CharField(max_length=200)
    original = models.TextField(help_text="What it is a translation of.")
    text = models.TextField()
    is_vital = models.BooleanField(help_text="Urgent or signed: must be checked by a person.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "address"], name="translated_address_once"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="translated_text_has_words"),
            models.CheckConstraint(
                condition=models.Q(state="draft", checked_by=None, checked_at=None)
                | models.Q(state="checked", checked_by__isnull=False, checked_at__isnull=False),
                name="translated_text_checked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.address
