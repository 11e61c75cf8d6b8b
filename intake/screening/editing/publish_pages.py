"""Pages for putting a draft in force, and for the safety owner's word before that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from clinic.errors import Refused
from intake.screening.editing import publishing
from intake.screening.editing.admin_pages import address, draft_of, show
from intake.screening.editing.comparison import differences
from intake.screening.editing.difference_reading import changes_shown, lowered_shown
from intake.screening.editing.forms import AgreeForm, DraftForm, PublishForm
from intake.screening.editing.lowering import Lowered


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    draft, current = draft_of(request, pk), publishing.in_force()
    form = PublishForm(request.POST or None, initial={"seen": draft.digest})
    if form.is_valid():
        note, seen = form.cleaned_data["note"], form.cleaned_data["seen"]
        try:
            publishing.publish(draft=draft, note=note, seen=seen, by=request.user)
        except publishing.DraftChanged as refused:
            draft.refresh_from_db()
            form.look_again(draft.digest, f"{refused.sentence} Read the differences again.")
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"Rules {draft.name} are in force.")
            return redirect(address("change", draft.pk))
    context = {
        "rule_set": draft,
        "current": current,
        "form": form,
        "may_publish": publishing.may_publish(draft, request.user),
        "missing": [lowered_shown(one) for one in publishing.not_agreed(draft, current)],
        **(changes_shown(differences(current.data(), draft.data())) if current else {}),
    }
    status = 422 if form.errors else 200
    return show(request, "publish", f"Put {draft.name} in force", context, status)


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    missing = publishing.not_agreed(draft, publishing.in_force())
    seen = DraftForm(request.POST or None, initial={"seen": draft.digest})
    forms = [AgreeForm(request.POST or None, prefix=one.mark) for one in missing]
    refusal = ""
    if seen.is_valid() and all(form.is_valid() for form in forms):
        try:
            made = publishing.agree(
                draft=draft,
                words=_words(missing, forms),
                seen=seen.cleaned_data["seen"],
                by=request.user,
            )
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(
                request, f"Kept: the agreement to {len(made)} row{'' if len(made) == 1 else 's'}."
            )
            return redirect(address("publish", draft.pk))
    rows = [(lowered_shown(one), form) for one, form in zip(missing, forms, strict=True)]
    wrong = [error for form in forms for error in form.summary_errors]
    context = {"rule_set": draft, "rows": rows, "seen": seen, "refusal": refusal, "wrong": wrong}
    title = f"The safety owner's word on {draft.name}"
    return show(request, "agree", title, context, 422 if refusal or wrong else 200)


def _words(
    missing: list[Lowered], forms: list[AgreeForm]
) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (one.table, one.row): (form.cleaned_data["safety_owner"], form.cleaned_data["reason"])
        for one, form in zip(missing, forms, strict=True)
        if form.cleaned_data.get("safety_owner")
    }
