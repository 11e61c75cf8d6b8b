"""The review room: the queue and one case. And what the patient reads of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.errors import Refused
from clinic.notices.services import opened
from clinic.people.policy import needs
from intake.review import newer_rules, queries, reading, services, urgent
from intake.review.case_page import case_of, show
from intake.submission.models import Intake
from intake.submission.states import State

SHOWN = 100


@needs("practitioner")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    intakes = list(queries.queue(request.user)[: SHOWN + 1])
    context = {
        "waiting": [
            (reading.word(intake.rank, only_asks=intake.only_asks), intake)
            for intake in intakes[:SHOWN]
        ],
        "more": len(intakes) > SHOWN,
        "urgent": list(urgent.waiting()),
        "sent_on": list(urgent.sent_on()),
        "held_by_rules": newer_rules.held(),
    }
    return render(request, "review/queue.html", context)


@needs("practitioner")
@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The record of one form, with the decision beside it; leaves a trace of the reading."""
    intake = case_of(request, reference)
    revision = services.open_form(intake=intake, by=request.user)
    shows_others = request.GET.get("others") == "show"
    if shows_others:
        services.note_others_read(intake=intake, by=request.user)
    return show(request, intake, revision, shows_others=shows_others)


@needs("practitioner")
@require_POST
def step(request: HttpRequest, reference: str) -> HttpResponse:
    try:
        name = request.POST.get("name", "")
        services.step(intake=case_of(request, reference), name=name, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("review:case", reference)
    messages.success(request, f"Done. {reference} has moved on.")
    return redirect("review:queue")


@needs("patient")
@require_GET
def news(request: HttpRequest, reference: str) -> HttpResponse:
    """What the practitioner wrote to the patient, with the next step."""
    mine = Intake.objects.visible_to(request.user).select_related("patient").defer("answers")
    intake = get_object_or_404(mine, reference=reference)
    decisions = queries.decisions_for_the_patient(intake)
    if not decisions:
        raise Http404
    standing = queries.standing_verdicts(decisions).values()
    opened(patient=intake.patient, reference=reference)
    told = [(each, [v for v in standing if v.decision_id == each.pk]) for each in decisions]
    context = {
        "intake": intake,
        "told": [(decision, verdicts) for decision, verdicts in told if verdicts],
        "can_book": intake.state == State.DECIDED and any(v.is_positive for v in standing),
        "is_changed": intake.state != State.DECIDED,
    }
    return render(request, "review/news.html", context)
