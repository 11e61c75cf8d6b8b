"""One page of questions: show it, save what was typed, and stop for an urgent answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic.errors import MoveNotPossible
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.forms import PageForm
from intake.questionnaire.outline import outline
from intake.submission import elsewhere, last_time, medicine_views, own_words, services, words_shown
from intake.submission.here import Here, leave, on_a_page
from intake.submission.sure_views import unsure_of
from intake.submission.urgent_words import CALL_NOW, URGENT_WORDS
from intake.submission.views import own_form

WAYS_ON = ("not_now", "mistake")


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
@on_a_page
def page(request: HttpRequest, here: Here) -> HttpResponse:
    if last_time.list_to_confirm(here.intake, here.page):
        return redirect(
            "submission:last_list", reference=here.intake.reference, number=here.page.number
        )
    if here.page.listed:
        return medicine_views.list_page(request, here)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    form = PageForm(
        here.page,
        here.answers,
        here.today,
        data=typed,
        way=here.way,
        offered=last_time.offered(here.intake, here.questions),
        last_said=last_time.said_last_time(here.intake, here.questions),
    )
    if request.method == "POST":
        return _save(request, here, form)
    if typed is not None:
        messages.info(request, unsent.SENTENCE)
    return _show(request, here, form, seen=typed and typed.get("seen"))


def _show(
    request: HttpRequest, here: Here, form: PageForm, status: int = 200, seen: str | None = None
) -> HttpResponse:
    """seen: what was saved when words were typed that are given back now."""
    context = {
        **here.shown(),
        "form": form,
        "may_wait": here.may_wait,
        "seen": seen or elsewhere.stamp(here.page, here.intake.answers),
        "replaced": elsewhere.find(request, here.intake, here.questions),
    }
    return render(request, "submission/page.html", context, status=status)


def _save(request: HttpRequest, here: Here, form: PageForm) -> HttpResponse:
    valid, changed, before = form.is_valid(), form.answers(), here.intake
    seen = request.POST.get("seen", "")
    try:
        here.intake = services.save_answers(
            intake=before, answers=changed, by=request.user, seen=_words_seen(request)
        )
    except MoveNotPossible:
        return redirect("submission:sent", before.reference)
    replaced = elsewhere.replaced(here.page, before.answers, changed, seen)
    elsewhere.keep(request, before, replaced, at=before.saved_at, page=here.page.number)
    answers = here.intake.answers
    alarms = [a for q in form.questions if (a := q.alarm(answers.get(q.code)))]
    alarms += own_words.alarms(form.questions, answers, here.today)
    if alarms:
        return _interrupt(request, here, alarms)
    if request.POST.get("later") and here.may_wait:
        return here.on()
    if not valid:
        return _show(request, here, form, status=422)
    if request.POST.get("leave"):
        return leave(request, here)
    if unsure_of(here):
        return redirect("submission:sure", *here.arguments)
    return here.on()


@needs("patient")
@require_POST
def put_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Undoes the last save, as far as it wrote over what was saved on another screen."""
    intake = own_form(request, reference)
    questions = words_shown.shown(intake, get_language())
    found = elsewhere.find(request, intake, questions)
    if found is None:
        return redirect("submission:tasks", reference)
    try:
        services.save_answers(intake=intake, answers=found.answers, by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", reference)
    elsewhere.keep(request, intake, {}, at=intake.saved_at, page=found.page)
    messages.info(request, _("It says again what it said before."))
    page = next(page for page in questions.pages() if page.number == found.page)
    return redirect("submission:page", reference, page.section, page.number)


def _words_seen(request: HttpRequest) -> int | None:
    """The translation that was on the page, as the page itself says."""
    said = request.POST.get("words", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None


def _interrupt(request: HttpRequest, here: Here, alarms: list) -> HttpResponse:
    first = min(alarms, key=lambda alarm: alarm.urgency)
    services.note_emergency(
        intake=here.intake,
        codes=[alarm.question for alarm in alarms],
        said={alarm.question: here.intake.answers[alarm.question] for alarm in alarms},
        message=first.message,
        happened="shown",
        by=request.user,
    )
    return redirect("submission:emergency", here.intake.reference, here.page.number)


@needs("patient")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Stops the person, never the record: both ways on keep the flag."""
    intake = own_form(request, reference)
    event = intake.emergencies.order_by("-pk").first()
    questions = outline(intake.question_set_id)
    page = next((page for page in questions.pages() if page.number == number), None)
    if event is None or page is None:
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
    if happened == "mistake":
        return redirect("submission:page", reference, page.section, page.number)
    return Here(intake, questions, page, timezone.localdate()).on()
