"""The patient's way: check for emergencies, sign in, fill in, check, send."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.errors import Refused
from clinic.notices.services import opened
from clinic.people.household import household
from clinic.people.policy import needs
from intake.questionnaire.emergency import short_check
from intake.questionnaire.outline import SetOutline
from intake.questionnaire.shape import LANGUAGE
from intake.submission import elsewhere, services, words_shown
from intake.submission.changing import can_be_changed
from intake.submission.models import Intake
from intake.submission.reading import checked_sections, sent_sections, task_list
from intake.submission.states import WITH_US, State
from intake.submission.withdrawing import can_be_withdrawn


@needs("anyone")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The emergency check: before any account, and without keeping anything."""
    check = short_check(get_language() or LANGUAGE)
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
    """GET shows a button for each person of the account; only a button begins a form."""
    reference = request.POST.get("person", "")
    ours = household(request.user, reference)
    context: dict = {
        "household": ours,
        "own_language": words_shown.missed_by_new_forms(get_language()),
    }
    if request.method == "GET":
        return render(request, "submission/begin.html", context)
    if ours.several and not reference:
        return render(request, "submission/begin.html", context | {"missing": True}, status=422)
    try:
        intake = services.begin(by=request.user, patient=ours.person)
    except Refused as refused:
        context["sentence"] = refused.sentence
        return render(request, "submission/begin.html", context, status=409)
    return redirect("submission:tasks", intake.reference)


def own_form(request: HttpRequest, reference: str) -> Intake:
    mine = Intake.objects.visible_to(request.user).select_related("patient")
    return get_object_or_404(mine, reference=reference)


def _form_context(intake: Intake, questions: SetOutline) -> dict:
    missed = words_shown.missed(questions, get_language())
    return {"intake": intake, "questions": questions, "own_language": missed}


@needs("patient")
@require_GET
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
    if not intake.is_open:
        return redirect("submission:sent", reference)
    questions = words_shown.shown(intake, get_language())
    context = _form_context(intake, questions)
    with override(questions.language):
        context |= task_list(intake, questions, timezone.localdate())
        context["replaced"] = elsewhere.find(request, intake, questions)
        return render(request, "submission/tasks.html", context)


@needs("patient")
@require_GET
def check(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
    if not intake.is_open:
        return redirect("submission:sent", reference)
    questions = words_shown.shown(intake, get_language())
    context = _form_context(intake, questions)
    with override(questions.language):
        sections, missing = checked_sections(intake, questions, timezone.localdate())
        context |= {"sections": sections, "missing": missing}
        return render(request, "submission/check.html", context)


@needs("patient")
@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
    try:
        services.send(
            intake=intake,
            token=request.POST.get("token", "")[:64],
            by=request.user,
            language=get_language() or LANGUAGE,
        )
    except services.FormChanged as refused:
        messages.info(request, refused.sentence)
        return redirect("home:me", intake.patient.reference)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("submission:check", reference)
    return redirect("submission:sent", reference)


@needs("patient")
@require_GET
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
    if intake.state == State.DRAFT:
        return redirect("submission:tasks", reference)
    newest = intake.revisions.defer("answers", "screening").last()
    urgent = intake.emergencies.exists()
    waits = intake.state in WITH_US
    if intake.state == State.ASKED:
        opened(patient=intake.patient, reference=intake.reference)
    context = {
        "intake": intake,
        "waits": waits,
        "usual": Intake.objects.waits(at=timezone.now()) if waits else None,
        "urgent": urgent,
        "newest": newest,
        "has_copy": newest is not None,
        "may_change": can_be_changed(intake),
        "may_withdraw": can_be_withdrawn(intake),
    }
    return render(request, "submission/sent.html", context)


@needs("patient")
@require_GET
def copy(request: HttpRequest, reference: str) -> HttpResponse:
    """What was sent, to keep or to print. Private answers stay out: others see paper."""
    intake = own_form(request, reference)
    revision = intake.revisions.select_related("question_set").order_by("-number").first()
    if revision is None:
        return redirect("submission:tasks", reference)
    with override(words_shown.sent(revision).language):
        context = {"intake": intake, "revision": revision, "sections": sent_sections(revision)}
        return render(request, "submission/copy.html", context)
