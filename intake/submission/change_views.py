"""Changing a sent form, keeping it as it was, confirming what was said last time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible, Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.shape import PageOutline, SetOutline
from intake.submission import changing, last_time, services, words_shown
from intake.submission.forms import ChangeForm
from intake.submission.models import Intake
from intake.submission.views import own_form


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """The reason first; then the form itself, as it was sent."""
    intake = own_form(request, reference)
    if intake.is_open:
        return redirect("submission:tasks", reference)
    if not changing.can_be_changed(intake):
        return render(request, "submission/cannot_change.html", {"intake": intake}, status=409)
    form = ChangeForm(request.POST if request.method == "POST" else unsent.take(request))
    if request.method == "POST" and form.is_valid():
        try:
            changing.begin_change(intake=intake, by=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.info(request, refused.sentence)
            return redirect("submission:sent", reference)
        return redirect("submission:tasks", reference)
    status = 422 if request.method == "POST" else 200
    context = {"intake": intake, "form": form}
    return render(request, "submission/change.html", context, status=status)


@needs("patient")
@require_http_methods(["GET", "POST"])
def drop_change(request: HttpRequest, reference: str) -> HttpResponse:
    """GET asks once more; only the button forgets what was changed."""
    intake = own_form(request, reference)
    if not intake.is_changing:
        return redirect("submission:sent", reference)
    if request.method == "GET":
        return render(request, "submission/drop_change.html", {"intake": intake})
    try:
        changing.drop_change(intake=intake, by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", reference)
    messages.success(request, _("Your form stays as it was."))
    return redirect("submission:sent", reference)


@needs("patient")
@require_http_methods(["GET", "POST"])
def last_list(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The list of medicines of last time: it counts only after a press of a button."""
    intake = own_form(request, reference)
    if not intake.is_open:
        return redirect("submission:sent", reference)
    questions = words_shown.shown(intake, get_language())
    page = _page(intake, questions, number)
    listed = last_time.list_to_confirm(intake, page)
    if listed is None:
        return redirect("submission:page", reference, page.section, number)
    rows = last_time.earlier(intake, questions)[listed.code]
    if request.method == "POST":
        return _keep_list(request, intake, questions, page, {listed.code: rows})
    with override(questions.language):
        lines = [listed.words([row]) for row in rows]
        context = {"intake": intake, "page": page, "question": listed, "lines": lines}
        return render(request, "submission/last_list.html", context)


def _keep_list(
    request: HttpRequest, intake: Intake, questions: SetOutline, page: PageOutline, answers: dict
) -> HttpResponse:
    try:
        intake = services.save_answers(intake=intake, answers=answers, by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", intake.reference)
    if not request.POST.get("same"):
        return redirect("submission:page", intake.reference, page.section, page.number)
    following = questions.next_page(page.code, intake.answers, timezone.localdate())
    if following is None:
        return redirect("submission:tasks", intake.reference)
    return redirect("submission:page", intake.reference, following.section, following.number)


def _page(intake: Intake, questions: SetOutline, number: int) -> PageOutline:
    found = next((page for page in questions.pages() if page.number == number), None)
    if found is None or not found.asked_questions(intake.answers, timezone.localdate()):
        raise Http404
    return found
