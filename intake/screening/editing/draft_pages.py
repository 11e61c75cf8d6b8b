"""Pages for changing a draft: start one, save or remove a row, replace a sheet."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from clinic.errors import Refused
from intake.screening.editing import drafts
from intake.screening.editing.admin_pages import (
    address,
    draft_of,
    rule_set_of,
    sheet_context,
    sheet_of,
    show,
)
from intake.screening.editing.forms import DraftForm, StartForm, UploadForm
from intake.screening.editing.publishing import AlreadyPublished, DraftChanged
from intake.screening.editing.row_forms import RowForm
from intake.screening.editing.sheet_files import BadSheet, from_csv
from intake.screening.editing.sheets import Sheet
from intake.screening.models import RuleSet


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    base = rule_set_of(pk)
    form = StartForm(request.POST or None, initial={"name": drafts.proposed_name(base)})
    if form.is_valid():
        try:
            draft = drafts.start(base=base, name=form.cleaned_data["name"], by=request.user)
        except Refused as refused:
            form.add_error("name", refused.sentence)
        else:
            messages.success(request, f"Draft {draft.name} is yours to change.")
            return redirect(address("change", draft.pk))
    status = 422 if form.errors else 200
    context = {"rule_set": base, "form": form}
    return show(request, "start", f"Start a draft from {base.name}", context, status)


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    """Without ?row= it adds one."""
    draft, chosen, key = draft_of(request, pk), sheet_of(sheet), request.GET.get("row")
    stored = _stored(draft, chosen, key)
    if stored is None and key is not None and request.method == "GET":
        raise Http404
    posted = request.POST if request.method == "POST" else None
    initial = {"seen": draft.digest}
    form = RowForm(chosen, posted, cells=stored, initial=initial)
    if form.is_valid():
        saved = _saved(
            request, form, draft,
            lambda seen: drafts.save_row(
                draft=draft, sheet=chosen, key=key, row=form.row, seen=seen, by=request.user
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, f"Saved in draft {draft.name}.")
            return redirect(address("sheet", draft.pk, chosen.name))
    context = sheet_context(draft, chosen) | {
        "form": form,
        "key": key,
        "stored": form.differing(_stored(draft, chosen, key)),
    }
    title = f"Change {key}" if key else f"Add to {context['sheet_title'].lower()}"
    return show(request, "row", title, context, _status(form))


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    draft, chosen, key = draft_of(request, pk), sheet_of(sheet), request.GET.get("row", "")
    stored = _stored(draft, chosen, key)
    if stored is None and request.method == "GET":
        raise Http404
    form = DraftForm(request.POST or None, initial={"seen": draft.digest})
    if form.is_valid():
        gone = _saved(
            request, form, draft,
            lambda seen: drafts.remove_row(
                draft=draft, sheet=chosen, key=key, seen=seen, by=request.user
            ),
        )  # fmt: skip
        if gone:
            messages.success(request, f"Removed from draft {draft.name}.")
            return redirect(address("sheet", draft.pk, chosen.name))
    context = sheet_context(draft, chosen) | {"form": form, "key": key}
    return show(request, "remove", f"Remove {key}?", context, _status(form))


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    draft, chosen = draft_of(request, pk), sheet_of(sheet)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"seen": draft.digest})
    if form.is_valid():
        try:
            rows = from_csv(chosen, form.cleaned_data["file"].read())
        except BadSheet as bad:
            form.add_error("file", f"{bad}")
        else:
            replaced = _saved(
                request, form, draft,
                lambda seen: drafts.replace_sheet(
                    draft=draft, sheet=chosen, rows=rows, seen=seen, by=request.user
                ),
            )  # fmt: skip
            if replaced:
                messages.success(request, f"{len(rows)} rows are in draft {draft.name} now.")
                return redirect(address("sheet", draft.pk, chosen.name))
    context = sheet_context(draft, chosen) | {"form": form}
    title = f"Replace {context['sheet_title'].lower()} by a file"
    return show(request, "upload", title, context, _status(form))


def _saved(
    request: HttpRequest, form: DraftForm, draft: RuleSet, save: Callable[[str], RuleSet]
) -> bool:
    """Saves, or says at the right place why not; what was typed stays in the form."""
    try:
        save(form.cleaned_data["seen"])
        return True
    except DraftChanged:
        _look_again(form, draft)
    except drafts.DoesNotFit as refused:
        if isinstance(form, RowForm):
            form.refuse(refused.sentence)
        else:
            form.add_error(None, refused.sentence)
    except (AlreadyPublished, drafts.RowGone) as refused:
        form.add_error(None, refused.sentence)
    return False


def _look_again(form: DraftForm, draft: RuleSet) -> None:
    """Shows what is stored now beside what was typed; saving once more is then on purpose."""
    draft.refresh_from_db()
    who = draft.changed_by or "Somebody else"
    sentence = (
        f"Somebody else saved this draft while you were at it ({who}). Nothing of yours is stored "
        "yet. Look at what is there now; saving again puts yours in its place."
    )
    form.look_again(draft.digest, sentence)


def _stored(draft: RuleSet, sheet: Sheet, key: str | None) -> dict[str, str] | None:
    found = sheet.by_key(draft.data()).get(key) if key else None
    return None if found is None else sheet.cells(found)


def _status(form: DraftForm) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
