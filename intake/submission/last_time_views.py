"""What was said last time, shown for the person to confirm. Only a button makes it an answer."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible
from clinic.people.policy import needs
from intake.questionnaire.shape import Answers, PageOutline, SetOutline
from intake.submission import last_time, services, words_shown
from intake.submission.models import Intake
from intake.submission.views import own_form


@needs("patient")
@require_http_methods(["GET", "POST"])
def last_block(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """“Has anything changed?” for what seldom changes in one part of a new form."""
    intake = own_form(request, reference)
    questions, today = words_shown.shown(intake, get_language()), timezone.localdate()
    if not intake.is_open or section not in {each.code for each in questions.sections}:
        return redirect("submission:tasks", reference)
    block = last_time.block_to_confirm(intake, questions, section, today)
    pages = questions.asked_pages(section, intake.answers, today)
    if request.method == "POST" and block:
        kept = _kept(request, intake, {question.code: value for question, value in block})
        return kept or _to_what_is_missing(own_form(request, reference), questions, section)
    if not block:
        return redirect("submission:page", reference, section, pages[0].number)
    with override(questions.language):
        context = {
            "intake": intake,
            "section": questions.section(section),
            "first": pages[0],
            "rows": [(question.label, question.words(value)) for question, value in block],
        }
        return render(request, "submission/last_block.html", context)


def _to_what_is_missing(
    intake: Intake, questions: SetOutline, section: str
) -> HttpResponseRedirect:
    missing = questions.missing(intake.answers, timezone.localdate())
    page = next((questions.page(each.page) for each in missing if each.section == section), None)
    if page is None:
        return redirect("submission:tasks", intake.reference)
    return redirect("submission:page", intake.reference, section, page.number)


def _kept(request: HttpRequest, intake: Intake, answers: Answers) -> HttpResponseRedirect | None:
    try:
        services.save_answers(intake=intake, answers=answers, by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", intake.reference)
    return None


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
        kept = _kept(request, intake, {listed.code: rows})
        return kept or _on(request, own_form(request, reference), questions, page)
    with override(questions.language):
        lines = [listed.words([row]) for row in rows]
        context = {"intake": intake, "page": page, "question": listed, "lines": lines}
        return render(request, "submission/last_list.html", context)


def _on(
    request: HttpRequest, intake: Intake, questions: SetOutline, page: PageOutline
) -> HttpResponseRedirect:
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
