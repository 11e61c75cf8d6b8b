"""What managers read of reviewing: which rules did not fit. Nothing of any patient."""

from django.contrib import admin
from django.http import HttpRequest

from intake.review.doubt_models import RuleDoubt
from intake.screening.services import data_of


@admin.register(RuleDoubt)
class RuleDoubtAdmin(admin.ModelAdmin):
    """Ask the practitioner what was in the way; the record of the patient is theirs to read."""

    list_display = ["title", "code", "rule_set", "by", "at"]
    list_filter = ["rule_set"]
    search_fields = ["code"]
    list_select_related = ["by", "rule_set"]
    date_hierarchy = "at"

    @admin.display(description="In words")
    def title(self, doubt: RuleDoubt) -> str:
        rules = data_of(doubt.rule_set)
        return rules.title(doubt.code) if rules.has_title(doubt.code) else doubt.code

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RuleDoubt | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RuleDoubt | None = None) -> bool:
        return False
