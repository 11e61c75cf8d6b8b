"""What all pages about rule sets share."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from intake.screening.editing.rule_words import sheet_purpose, sheet_title
from intake.screening.editing.sheets import SHEETS, Sheet
from intake.screening.models import RuleSet


def show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    page = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/screening/{template}.html", page, status=status)


def rule_set_of(pk: int) -> RuleSet:
    people = ("drafted_by", "changed_by", "published_by", "started_from")
    rule_sets = RuleSet.objects.select_related(*people).defer("started_from__rows")
    return get_object_or_404(rule_sets, pk=pk)


def draft_of(request: HttpRequest, pk: int) -> RuleSet:
    """Published versions have no pages for changing them.

    What somebody typed while it was published is refused by the service, and stays on the page.
    """
    rule_set = rule_set_of(pk)
    if rule_set.is_published and request.method == "GET":
        raise Http404
    return rule_set


def sheet_of(name: str) -> Sheet:
    if name not in SHEETS:
        raise Http404
    return SHEETS[name]


def sheet_context(rule_set: RuleSet, sheet: Sheet) -> dict[str, Any]:
    return {
        "rule_set": rule_set,
        "sheet": sheet,
        "sheet_title": sheet_title(sheet.name),
        "purpose": sheet_purpose(sheet.name),
    }


def address(name: str, *arguments: object) -> str:
    return reverse(f"admin:screening_ruleset_{name}", args=arguments)
