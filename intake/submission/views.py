"""The patient's way: check for emergencies, sign in, fill in, check, send."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.errors import Refused
from clinic.people.policy import needs
from intake.questionnaire.emergency import short_check
from intake.questionnaire.outline import outline
from intake.submission import elsewhere, services
from intake.submission.models import Intake
from intake.submission.reading import checked_sections, sent_sections, task_list
from intake.submission.states import WITH_US, State

SHOWN = 50


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
    rows = list(intakes[: SHOWN + 1])
    return render(
        request, "submission/home.html", {"intakes": rows[:SHOWN], "more": len(rows) > SHOWN}
    )


def own_form(request: HttpRequest, reference: str) -> Intake:
    mine = Intake.objects.visible_to(request.user).select_related("patient")
    return get_object_or_404(mine, reference=reference)


@needs("patient")
@require_GET
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
    if intake.state != State.DRAFT:
        return redirect("submission:sent", reference)
    return render(
        request,
        "submission/tasks.html",
        {
            "intake": intake,
            "replaced": elsewhere.find(request, intake, outline(intake.question_set_id)),
            **task_list(intake, timezone.localdate()),
        },
    )


@needs("patient")
@require_GET
def check(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
    if intake.state != State.DRAFT:
        return redirect("submission:sent", reference)
    sections, missing = checked_sections(intake, timezone.localdate())
    context = {"intake": intake, "sections": sections, "missing": missing}
    return render(request, "submission/check.html", context)


@needs("patient")
@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    intake = own_form(request, reference)
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
    intake = own_form(request, reference)
    if intake.state == State.DRAFT:
        return redirect("submission:tasks", reference)
    urgent = intake.emergencies.exists()
    context = {
        "intake": intake,
        "waits": intake.state in WITH_US,
        "urgent": urgent,
        "has_copy": intake.revisions.exists(),
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
    context = {"intake": intake, "revision": revision, "sections": sent_sections(revision)}
    return render(request, "submission/copy.html", context)
