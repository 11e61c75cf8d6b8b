"""Pages for reading rule sets: a version, its sheets, differences, and trying it out."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from intake.screening.editing.admin_pages import rule_set_of, sheet_context, sheet_of, show
from intake.screening.editing.comparison import differences
from intake.screening.editing.difference_reading import changes_shown
from intake.screening.editing.forms import TryForm
from intake.screening.editing.publishing import in_force, may_publish
from intake.screening.editing.sheet_files import to_csv
from intake.screening.editing.sheet_reading import OUR_DEFAULT, SOURCED, counts, found
from intake.screening.editing.trying import Tried, samples, try_sample, try_text
from intake.screening.models import RuleSet
from intake.screening.reading_files import BadInput

ON_A_PAGE = 100


@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    rule_set = rule_set_of(pk)
    newest = RuleSet.objects.published().newest_first().only("number", "name").first()
    context = {
        "rule_set": rule_set,
        "sheets": counts(rule_set.data()),
        "newest": newest,
        "is_in_force": newest is not None and newest.pk == rule_set.pk,
        "may_publish": not rule_set.is_published and may_publish(rule_set, request.user),
        "lowerings": rule_set.lowerings.select_related("by"),
    }
    return show(request, "version", f"Rules {rule_set.name}", context)


@require_GET
def sheet(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    rule_set, chosen = rule_set_of(pk), sheet_of(sheet)
    words, rests_on = request.GET.get("q", "")[:200], request.GET.get("rests_on", "")
    rests_on = rests_on if rests_on in (OUR_DEFAULT, SOURCED) else ""
    rows = found(chosen, rule_set.data(), words, rests_on)
    context = sheet_context(rule_set, chosen) | {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "rests_on": rests_on,
        "has_defaults": "default" in chosen.columns,
    }
    return show(request, "sheet", f"{context['sheet_title']}, {rule_set.name}", context)


@require_GET
def download(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    rule_set, chosen = rule_set_of(pk), sheet_of(sheet)
    content = to_csv(chosen, rule_set.data())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chosen.name}.csv"'
    return response


@require_GET
def difference(request: HttpRequest) -> HttpResponse:
    versions = list(RuleSet.objects.newest_first().only("pk", "name", "number", "published_at"))
    published = [one for one in versions if one.is_published]
    before = _chosen(request.GET.get("from"), versions) or (published or versions or [None])[0]
    now = _chosen(request.GET.get("to"), versions) or (versions or [None])[0]
    context: dict[str, Any] = {"versions": versions, "before": before, "now": now}
    if before and now:
        pair = {each.pk: each for each in RuleSet.objects.filter(pk__in=[before.pk, now.pk])}
        context |= changes_shown(differences(pair[before.pk].data(), pair[now.pk].data()))
    return show(request, "difference", "Differences between versions", context)


def _chosen(given: str | None, versions: list[RuleSet]) -> RuleSet | None:
    return next((one for one in versions if str(one.pk) == given), None)


@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is kept: the document lives as long as the page."""
    rule_set, current = rule_set_of(pk), in_force()
    form = TryForm(samples(), request.POST if request.method == "POST" else None)
    tried: list[Tried] = []
    if form.is_valid() and current is not None:
        try:
            tried = _tried(form, rule_set, current)
        except BadInput as bad:
            form.add_error("document", f"{bad}")
    context = {"rule_set": rule_set, "current": current, "form": form, "tried": tried}
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "try", f"Try {rule_set.name}", context, status)


def _tried(form: TryForm, rule_set: RuleSet, current: RuleSet) -> list[Tried]:
    now, draft = current.data(), rule_set.data()
    if form.cleaned_data["document"]:
        return try_text(form.cleaned_data["document"], now=now, draft=draft)
    return [try_sample(form.cleaned_data["sample"], now=now, draft=draft)]
