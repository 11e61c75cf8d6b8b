"""Managers see every version. A published one is for reading only."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from intake.questionnaire.models import Question, QuestionSet, Translation
from intake.questionnaire.offered import is_ready
from intake.questionnaire.translation_pages import translation_page


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


@admin.register(Translation)
class TranslationAdmin(admin.ModelAdmin):
    """Its words come from files and never change; what a person does here is check them."""

    list_display = ["__str__", "texts_in_it", "checked", "ready", "published_at"]
    list_select_related = ["question_set"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Translation]:
        return super().get_queryset(request).counted()

    @admin.display(description="Texts", ordering="all_texts")
    def texts_in_it(self, translation: Translation) -> int:
        return translation.all_texts

    @admin.display(description="Checked")
    def checked(self, translation: Translation) -> int:
        return translation.all_texts - translation.unchecked

    @admin.display(description="May be offered", boolean=True)
    def ready(self, translation: Translation) -> bool:
        return is_ready(translation)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        return translation_page(request, int(object_id))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
