"""The page on which managers try a version of the rules on past forms. It shows no answers."""

from dataclasses import dataclass

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from clinic.errors import Refused
from clinic.people.policy import needs
from intake.screening.models import RuleSet
from intake.screening.services import published
from intake.submission.back_test import CHANGES, MOST, BackTest
from intake.submission.back_test import back_test as run


@dataclass(frozen=True)
class CodeLine:
    title: str
    code: str
    counts: tuple[int, ...]
    """In the order of CHANGES."""


@needs("manager")
@require_http_methods(["GET", "POST"])
def back_test(request: HttpRequest, number: int) -> HttpResponse:
    """GET explains; only the button reads forms, and leaves its trace."""
    rule_set = get_object_or_404(RuleSet, pk=number)
    context = {
        **admin.site.each_context(request),
        "title": f"Try {rule_set.name} on past forms",
        "rule_set": rule_set,
        "most": MOST,
        "changes": CHANGES,
    }
    status = 200
    if request.method == "POST":
        try:
            found = run(rule_set=rule_set, by=request.user)
            context |= {"found": found, "codes": _lines(found, rule_set)}
        except Refused as refused:
            context["refusal"], status = refused.sentence, 409
    return render(request, "admin/submission/back_test.html", context, status=status)


def _lines(found: BackTest, rule_set: RuleSet) -> list[CodeLine]:
    """Most lost or lowered first."""
    versions = rule_set.data(), published()[1]
    lines = [
        CodeLine(
            next((each.title(code) for each in versions if each.has_title(code)), code),
            code,
            tuple(counts[change] for change in CHANGES),
        )
        for code, counts in found.by_code.items()
    ]
    return sorted(lines, key=lambda line: ([-count for count in line.counts], line.code))
