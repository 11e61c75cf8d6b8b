"""Asking in writing, and what else ends the wait: a call, or going on without an answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic.errors import Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.outline import SetOutline, outline
from intake.review import asking, asking_reading, reading, services
from intake.review.asking_forms import ELSE, AskForm, AskRow
from intake.review.case_page import case_of, number_in
from intake.submission.models import Intake, Revision
from intake.submission.states import State


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Every question that may be asked about, with a tick and a line; POST sends those ticked."""
    intake = case_of(request, reference)
    revision = services.open_form(intake=intake, by=request.user)
    if intake.state != State.IN_REVIEW:
        messages.error(request, "Questions can be asked only while the form is in review.")
        return redirect("review:case", reference)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    form = _form(request, revision, typed)
    if request.method == "GET":
        if typed is not None:
            messages.info(request, unsent.SENTENCE)
        return _show(request, intake, revision, form)
    if not form.is_valid():
        return _show(request, intake, revision, form, 422)
    try:
        seen = intake.revisions.filter(pk=form.cleaned_data["seen"]).first() or revision
        asking.ask(revision=seen, questions=form.asked(), by=request.user)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _show(request, intake, revision, form, 409)
    messages.success(request, f"Sent. {reference} waits for the patient's answer.")
    return redirect("review:case", reference)


def _form(request: HttpRequest, revision: Revision, typed) -> AskForm:
    questions = outline(revision.question_set_id)
    data = typed.copy() if typed is not None else None
    if data is not None and number_in(data.get("seen")) is None:
        data["seen"] = str(revision.pk)
    return AskForm(
        data,
        questions=asking_reading.askable(revision, questions),
        said=revision.answers,
        picked=request.GET.getlist("about"),
        initial={"seen": revision.pk},
    )


def _show(
    request: HttpRequest, intake: Intake, revision: Revision, form: AskForm, status: int = 200
) -> HttpResponse:
    questions = outline(revision.question_set_id)
    context = {
        "intake": intake,
        "form": form,
        "groups": _groups(form, revision, questions),
        "in_person": not set(request.GET.getlist("about")) <= {*form.codes, ELSE},
    }
    return render(request, "review/ask.html", context, status=status)


def _groups(
    form: AskForm, revision: Revision, questions: SetOutline
) -> list[tuple[str, bool, list[AskRow]]]:
    """(title, whether it is open, rows): what is picked, what is unclear, then safety."""
    unclear = set(reading.codes_asked_about(revision, questions))
    groups: dict[str, list[AskRow]] = {"Picked": [], "Not answered, or not sure": []}
    for code in [*form.codes, ELSE]:
        row = form.row(code)
        if row.tick.value():
            title = "Picked"
        elif code in unclear:
            title = "Not answered, or not sure"
        elif code == ELSE or not questions.question(code).is_safety:
            title = "Other answers, and something else"
        else:
            section = questions.section(questions.question(code).section)
            title = f"Safety: {section.title}"
        groups.setdefault(title, []).append(row)
    last = groups.pop("Other answers, and something else", [])
    ordered = [*groups.items(), ("Other answers, and something else", last)]
    return [(title, n < 2, rows) for n, (title, rows) in enumerate(ordered) if rows]


@needs("practitioner")
@require_POST
def phone(request: HttpRequest, reference: str) -> HttpResponse:
    """They answered by phone, in a line."""
    note = request.POST.get("note", "").replace("\x00", "")[:500]
    return _then(
        request,
        reference,
        lambda intake: asking.answered_by_phone(intake=intake, note=note, by=request.user),
        "The call is stored. The form can be read again.",
    )


@needs("practitioner")
@require_POST
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Goes on with a form that was closed without an answer."""
    return _then(
        request,
        reference,
        lambda intake: asking.take_up_again(intake=intake, by=request.user),
        "The form is in review again.",
    )


def _then(request: HttpRequest, reference: str, change, sentence: str) -> HttpResponse:
    try:
        change(case_of(request, reference))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, sentence)
    return redirect("review:case", reference)
