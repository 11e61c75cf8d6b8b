"""What is asked, in numbered versions. Published versions never change: see migration 0002."""

from django.conf import settings
from django.db import models

from intake.questionnaire.translation_models import TranslatedText, Translation

__all__ = [
    "Option",
    "Page",
    "Question",
    "QuestionSet",
    "Section",
    "TranslatedText",
    "Translation",
]


class QuestionSetQuerySet(models.QuerySet["QuestionSet"]):
    def published(self) -> "QuestionSetQuerySet":
        return self.filter(published_at__isnull=False)

    def current(self) -> "QuestionSet | None":
        """The version that new forms are filled in with; None before the first is published."""
        return self.published().order_by("-number").first()


class QuestionSet(models.Model):
    number = models.PositiveIntegerField(
        unique=True, help_text="Versions count up. Patients get the highest published number."
    )
    title = models.CharField(max_length=200)
    note = models.TextField(
        blank=True, help_text="What changed and why, for whoever looks at this version later."
    )
    messages = models.JSONField(
        default=dict,
        blank=True,
        help_text="The urgent messages by code, as they are shown with this version.",
    )
    digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Fingerprint of the files this version was made from.",
    )
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="From this moment on, nothing in this version changes."
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(published_at__isnull=False),
                name="question_set_published_by_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Section(models.Model):
    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "code"], name="section_code_once"),
            models.UniqueConstraint(
                fields=["question_set", "position"], name="section_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Page(models.Model):
    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="pages")
    section = models.ForeignKey(Section, models.CASCADE, related_name="pages")
    code = models.CharField(max_length=60)
    heading = models.CharField(
        max_length=300, blank=True, help_text="Blank: the page's only question is its heading."
    )
    why = models.TextField(blank=True, help_text="Why we ask, in one or two sentences.")
    ask_when = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "code"], name="page_code_once"),
            models.UniqueConstraint(fields=["section", "position"], name="page_position_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Question(models.Model):
    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="questions")
    page = models.ForeignKey(Page, models.CASCADE, related_name="questions")
    code = models.CharField(max_length=60, help_text="Names the answer everywhere. Never reused.")
    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=500)
    hint = models.CharField(max_length=500, blank=True)
    required = models.BooleanField(default=True)
    private = models.BooleanField(
        default=False, help_text="Never on print-outs, notices or screens others may see."
    )
    ask_when = models.JSONField(null=True, blank=True)
    extras = models.JSONField(default=dict, blank=True, help_text="What only this kind needs.")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "code"], name="question_code_once"),
            models.UniqueConstraint(fields=["page", "position"], name="question_position_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Option(models.Model):
    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="options")
    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="option_code_once"),
            models.UniqueConstraint(fields=["question", "position"], name="option_position_once"),
        ]

    def __str__(self) -> str:
        return self.label
