from django.contrib import admin
from django.http import HttpRequest

from intake.screening.models import RuleSet


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    """Read-only: rules are changed and reviewed in their files, and published as a new version."""

    list_display = ["name", "number", "published_at", "published_by"]
    fields = ["name", "number", "digest", "created_at", "published_at", "published_by"]
    readonly_fields = fields
    ordering = ["-number"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return bool(request.user.is_authenticated and request.user.is_manager)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
