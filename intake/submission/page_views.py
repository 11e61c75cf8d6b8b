"""One page of questions: show it, save what was typed, and stop for an urgent answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.forms import PageForm
from intake.questionnaire.outline import outline
from intake.submission import services
from intake.submission.states import State
from intake.submission.views import own_form


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, reference: str, section: str, page: str) -> HttpResponse:
    intake = own_form(request, reference)
    if intake.state != State.DRAFT:
        return redirect("submission:sent", reference)
    questions, today = outline(intake.question_set_id), timezone.localdate()
    asked = {p.code: p for p in _pages(questions, section, intake, today)}
    if page not in asked:
        raise Http404
    typed = request.POST if request.method == "POST" else unsent.take(request)
    form = PageForm(asked[page], intake.answers, today, data=typed)
    if request.method == "POST":
        return _save(request, intake, form, questions, today)
    if typed is not None:
        messages.info(request, unsent.SENTENCE)
    return _show(request, intake, form, questions, today)


def _pages(questions, section, intake, today):
    try:
        return questions.asked_pages(section, intake.answers, today)
    except KeyError:
        raise Http404 from None


def _show(request, intake, form, questions, today, status=200) -> HttpResponse:
    here = form.page
    previous = questions.previous_page(here.code, intake.answers, today)
    return render(
        request,
        "submission/page.html",
        {
            "intake": intake,
            "form": form,
            "page": here,
            "section": questions.section(here.section),
            "previous": previous,
        },
        status=status,
    )


def _save(request, intake, form, questions, today) -> HttpResponse:
    valid = form.is_valid()
    try:
        intake = services.save_answers(intake=intake, answers=form.answers(), by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", intake.reference)
    alarms = [a for q in form.questions if (a := q.alarm(intake.answers.get(q.code)))]
    if alarms:
        return _interrupt(request, intake, form, questions, alarms)
    if not valid:
        return _show(request, intake, form, questions, today, status=422)
    if form.wants_another:
        return redirect(request.path)
    if request.POST.get("leave"):
        messages.info(request, "Your answers are saved. You can close this page.")
        return redirect("submission:home")
    following = questions.next_page(form.page.code, intake.answers, today)
    if following is None:
        return redirect("submission:tasks", intake.reference)
    return redirect("submission:page", intake.reference, following.section, following.code)


def _interrupt(request, intake, form, questions, alarms) -> HttpResponse:
    first = min(alarms, key=lambda alarm: alarm.urgency)
    services.note_emergency(
        intake=intake,
        codes=[alarm.question for alarm in alarms],
        message=first.message,
        happened="shown",
        by=request.user,
    )
    return redirect("submission:emergency", intake.reference, form.page.code)


@needs("patient")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """Stops the person, never the record: both ways on keep the flag."""
    intake = own_form(request, reference)
    event = intake.emergencies.order_by("-pk").first()
    questions = outline(intake.question_set_id)
    if event is None or page not in {p.code for p in questions.pages()}:
        raise Http404
    if request.method == "GET":
        message = questions.messages[event.message]
        context = {"intake": intake, "message": message, "page": page}
        return render(request, "submission/emergency.html", context)
    mistake = request.POST.get("happened") == "mistake"
    services.note_emergency(
        intake=intake,
        codes=event.codes,
        message=event.message,
        happened="mistake" if mistake else "not_now",
        by=request.user,
    )
    here = questions.page(page)
    following = questions.next_page(page, intake.answers, timezone.localdate())
    target = here if mistake or following is None else following
    if following is None and not mistake:
        return redirect("submission:tasks", reference)
    return redirect("submission:page", reference, target.section, target.code)
