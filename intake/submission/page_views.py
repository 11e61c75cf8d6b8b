"""One page of questions: show it, save what was typed, and stop for an urgent answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.forms import PageForm
from intake.questionnaire.outline import outline
from intake.submission import last_time, own_words, services, words_shown
from intake.submission.urgent_words import CALL_NOW, URGENT_WORDS
from intake.submission.views import own_form

WAYS_ON = ("not_now", "mistake")


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, reference: str, section: str, number: int) -> HttpResponse:
    intake = own_form(request, reference)
    if not intake.is_open:
        return redirect("submission:sent", reference)
    questions = words_shown.shown(intake, get_language())
    with override(questions.language):
        return _page(request, intake, questions, section, number)


def _page(request, intake, questions, section, number) -> HttpResponse:
    today = timezone.localdate()
    asked = {p.number: p for p in _pages(questions, section, intake, today)}
    if number not in asked:
        raise Http404
    if last_time.list_to_confirm(intake, asked[number]):
        return redirect("submission:last_list", intake.reference, number)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    answers = words_shown.standing(intake.answers, questions)
    form = PageForm(
        asked[number],
        answers,
        today,
        data=typed,
        offered=last_time.offered(intake, questions),
        last_said=last_time.said_last_time(intake, questions),
    )
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
            "questions": questions,
            "own_language": words_shown.missed(questions, request.LANGUAGE_CODE),
            "section": questions.section(here.section),
            "previous": previous,
        },
        status=status,
    )


def _save(request, intake, form, questions, today) -> HttpResponse:
    valid = form.is_valid()
    try:
        intake = services.save_answers(
            intake=intake, answers=form.answers(), by=request.user, seen=_words_seen(request)
        )
    except MoveNotPossible:
        return redirect("submission:sent", intake.reference)
    alarms = [a for q in form.questions if (a := q.alarm(intake.answers.get(q.code)))]
    alarms += own_words.alarms(form.questions, intake.answers, today)
    if alarms:
        return _interrupt(request, intake, form, questions, alarms)
    if not valid:
        return _show(request, intake, form, questions, today, status=422)
    if form.wants_another:
        return redirect(request.path)
    if request.POST.get("leave"):
        messages.info(request, "Your answers are saved. You can close this page.")
        return redirect("home:me", intake.patient.reference)
    following = questions.next_page(form.page.code, intake.answers, today)
    if following is None:
        return redirect("submission:tasks", intake.reference)
    return redirect("submission:page", intake.reference, following.section, following.number)


def _words_seen(request: HttpRequest) -> int | None:
    """The translation that was on the page, as the page itself says."""
    said = request.POST.get("words", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None


def _interrupt(request, intake, form, questions, alarms) -> HttpResponse:
    first = min(alarms, key=lambda alarm: alarm.urgency)
    services.note_emergency(
        intake=intake,
        codes=[alarm.question for alarm in alarms],
        said={alarm.question: intake.answers[alarm.question] for alarm in alarms},
        message=first.message,
        happened="shown",
        by=request.user,
    )
    return redirect("submission:emergency", intake.reference, form.page.number)


@needs("patient")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Stops the person, never the record: both ways on keep the flag."""
    intake = own_form(request, reference)
    event = intake.emergencies.order_by("-pk").first()
    questions = outline(intake.question_set_id)
    here = next((page for page in questions.pages() if page.number == number), None)
    if event is None or here is None:
        raise Http404
    happened = request.POST.get("happened", "")
    if happened not in WAYS_ON:
        message = words_shown.urgent_message(intake, event.message, get_language())
        status = 200 if request.method == "GET" else 422
        words = URGENT_WORDS.get(event.message, CALL_NOW)
        context = {"intake": intake, "message": message, "words": words}
        return render(request, "submission/emergency.html", context, status=status)
    services.note_emergency(
        intake=intake, codes=event.codes, message=event.message, happened=happened, by=request.user
    )
    following = questions.next_page(here.code, intake.answers, timezone.localdate())
    target = here if happened == "mistake" else following
    if target is None:
        return redirect("submission:tasks", reference)
    return redirect("submission:page", reference, target.section, target.number)
