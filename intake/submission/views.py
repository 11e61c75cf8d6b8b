"""The patient's way: check for emergencies, sign in, fill in, check, send."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.errors import MoveNotPossible, Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.emergency import short_check
from intake.questionnaire.forms import PageForm
from intake.questionnaire.outline import outline
from intake.submission import services
from intake.submission.models import Intake
from intake.submission.reading import checked_sections, task_list
from intake.submission.states import State


@needs("anyone")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The emergency check: before any account, and without keeping anything."""
    check = short_check()
    chosen = request.POST.get("now", "")
    if request.method == "GET" or chosen not in dict(check.options):
        missing = request.method == "POST"
        return render(
            request,
            "submission/start.html",
            {"check": check, "missing": missing},
            status=422 if missing else 200,
        )
    if chosen == "none":
        return redirect("submission:begin")
    return render(request, "submission/start_emergency.html", {"check": check, "chosen": chosen})


@needs("patient")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """GET shows the page with the button; only the button begins a form."""
    if request.method == "GET":
        return render(request, "submission/begin.html")
    try:
        intake = services.begin(by=request.user)
    except Refused as refused:
        return render(request, "submission/begin.html", {"sentence": refused.sentence}, status=409)
    return redirect("submission:tasks", intake.reference)


@needs("patient")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    intakes = Intake.objects.visible_to(request.user).select_related("patient").order_by("-pk")
    return render(request, "submission/home.html", {"intakes": list(intakes[:50])})


def _mine(request: HttpRequest, reference: str) -> Intake:
    mine = Intake.objects.visible_to(request.user).select_related("patient")
    return get_object_or_404(mine, reference=reference)


@needs("patient")
@require_GET
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    intake = _mine(request, reference)
    if intake.state != State.DRAFT:
        return redirect("submission:sent", reference)
    return render(
        request,
        "submission/tasks.html",
        {"intake": intake, **task_list(intake, timezone.localdate())},
    )


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, reference: str, section: str, page: str) -> HttpResponse:
    intake = _mine(request, reference)
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
    intake = _mine(request, reference)
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


@needs("patient")
@require_GET
def check(request: HttpRequest, reference: str) -> HttpResponse:
    intake = _mine(request, reference)
    if intake.state != State.DRAFT:
        return redirect("submission:sent", reference)
    sections, missing = checked_sections(intake, timezone.localdate())
    context = {"intake": intake, "sections": sections, "missing": missing}
    return render(request, "submission/check.html", context)


@needs("patient")
@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    intake = _mine(request, reference)
    try:
        services.send(intake=intake, token=request.POST.get("token", "")[:64], by=request.user)
    except services.FormChanged as refused:
        messages.info(request, refused.sentence)
        return redirect("submission:home")
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("submission:check", reference)
    return redirect("submission:sent", reference)


@needs("patient")
@require_GET
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    intake = _mine(request, reference)
    if intake.state == State.DRAFT:
        return redirect("submission:tasks", reference)
    return render(request, "submission/sent.html", {"intake": intake})
