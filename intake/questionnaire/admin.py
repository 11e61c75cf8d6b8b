"""Managers see every version. A published one is for reading only."""

from django.contrib import admin
from django.db.models import Count, QuerySet

from intake.questionnaire.models import Question, QuestionSet


class QuestionsInline(admin.TabularInline):
    model = Question
    fields = readonly_fields = ["page", "code", "kind", "label", "required", "private"]
    ordering = ["page__section__position", "page__position", "position"]
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request) -> QuerySet[Question]:
        return super().get_queryset(request).select_related("page")


@admin.register(QuestionSet)
class QuestionSetAdmin(admin.ModelAdmin):
    list_display = ["number", "title", "question_count", "published_at", "published_by"]
    list_select_related = ["published_by"]
    fields = ["number", "title", "note", "digest", "published_at", "published_by"]
    readonly_fields = ["number", "digest", "published_at", "published_by"]
    inlines = [QuestionsInline]

    def get_queryset(self, request) -> QuerySet[QuestionSet]:
        return super().get_queryset(request).annotate(questions_in_it=Count("questions"))

    @admin.display(description="Questions", ordering="questions_in_it")
    def question_count(self, obj: QuestionSet) -> int:
        return obj.questions_in_it

    def has_add_permission(self, request) -> bool:
        return False  # versions are made from files until there is a form builder

    def has_change_permission(self, request, obj: QuestionSet | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_published)

    def has_delete_permission(self, request, obj: QuestionSet | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_published)
