"""Rule sets on the site managers run the clinic from: read, compare, draft, try, publish."""

from django.contrib import admin
from django.db.models import Case, QuerySet, Subquery, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime

from clinic.audit.services import record
from intake.screening.editing import draft_pages, publish_pages, reading_pages
from intake.screening.models import RuleSet

PAGES = [
    ("difference/", "difference", reading_pages.difference),
    ("<int:pk>/try/", "try", reading_pages.try_out),
    ("<int:pk>/table/<slug:sheet>/", "sheet", reading_pages.sheet),
    ("<int:pk>/table/<slug:sheet>.csv", "download", reading_pages.download),
    ("<int:pk>/table/<slug:sheet>/row/", "row", draft_pages.row),
    ("<int:pk>/table/<slug:sheet>/remove/", "remove", draft_pages.remove),
    ("<int:pk>/table/<slug:sheet>/upload/", "upload", draft_pages.upload),
    ("<int:pk>/start/", "start", draft_pages.start),
    ("<int:pk>/agree/", "agree", publish_pages.agree),
    ("<int:pk>/publish/", "publish", publish_pages.publish),
]


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    """A published version is for reading only; drafts are changed row by row on their own pages."""

    list_display = ["name", "state", "drafter", "changed_by", "published_by", "published"]
    ordering = ["-number"]
    search_fields = ["name", "note"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(route, self.admin_site.admin_view(view), name=f"screening_ruleset_{name}")
            for route, name, view in PAGES
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[RuleSet]:
        newest = RuleSet.objects.published().newest_first().values("number")[:1]
        state = Case(
            When(published_at__isnull=True, then=Value("Draft")),
            When(number=Subquery(newest), then=Value("In force")),
            default=Value("Earlier"),
        )
        return RuleSet.objects.for_list().annotate(shown_state=state)

    @admin.display(description="State")
    def state(self, rule_set: RuleSet) -> str:
        return rule_set.shown_state

    @admin.display(description="Drafted by", ordering="drafted_by__name")
    def drafter(self, rule_set: RuleSet) -> str:
        return str(rule_set.drafted_by or "came with the site")

    @admin.display(description="Published", ordering="published_at", empty_value="not yet")
    def published(self, rule_set: RuleSet) -> str | None:
        return (
            date_format(localtime(rule_set.published_at), "j F Y, H:i")
            if rule_set.published_at
            else None
        )

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Rule sets", **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        if not object_id.isdecimal() or not self.has_view_permission(request):
            raise Http404
        return reading_pages.version(request, int(object_id))

    def delete_model(self, request: HttpRequest, rule_set: RuleSet) -> None:
        record(action="rules_draft_discarded", by=request.user, reference=rule_set.name)
        super().delete_model(request, rule_set)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return self.has_view_permission(request) and obj is not None and not obj.is_published

    def has_view_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return bool(request.user.is_authenticated and request.user.is_manager)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
