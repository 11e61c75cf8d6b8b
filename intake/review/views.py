"""The review room: the queue, one case, and the decision. And what the patient reads of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.errors import Refused
from clinic.notices.services import opened
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.outline import outline
from intake.review import (
    changed,
    ending,
    newer_rules,
    queries,
    reading,
    services,
    urgent,
    words,
)
from intake.review import flags as flag_words
from intake.review.forms import DecisionForm
from intake.review.language import language_of
from intake.screening.services import data_of
from intake.submission.models import Intake, Revision
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


def case_of(request: HttpRequest, reference: str) -> Intake:
    visible = Intake.objects.visible_to(request.user).select_related("patient").defer("answers")
    return get_object_or_404(visible, reference=reference)


@needs("practitioner")
@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The record of one form, with the decision beside it; leaves a trace of the reading."""
    intake = case_of(request, reference)
    revision = services.open_form(intake=intake, by=request.user)
    return _show(request, intake, revision)


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """POST records the decision; GET gives back one that a new sign-in interrupted."""
    intake = case_of(request, reference)
    if request.method == "GET":
        return _interrupted(request, intake)
    revision = intake.revisions.filter(pk=number_in(request.POST.get("revision"))).first()
    if revision is None:
        messages.error(request, "The form you decided on could not be found. Nothing was stored.")
        return redirect("review:case", reference)
    form = _form(request, revision, request.POST)
    if not form.is_valid():
        return _show_again(request, intake, form, 422)
    try:
        services.decide(
            revision=revision,
            opinions=form.opinions(),
            by=request.user,
            terms=form.terms(),
            for_patient=form.cleaned_data["for_patient"],
            note=form.cleaned_data["note"],
            flag_answers=form.flag_answers(),
            seen=number_in(request.POST.get("seen")) or 0,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _show_again(request, intake, form, 409)
    messages.success(request, f"Your decision on {reference} is stored.")
    return redirect("review:case", reference)


def _interrupted(request: HttpRequest, intake: Intake) -> HttpResponse:
    typed = unsent.take(request)
    if typed is None:
        return redirect("review:case", intake.reference)
    messages.info(request, unsent.SENTENCE)
    revision = services.open_form(intake=intake, by=request.user)
    return _show(request, intake, revision, _form(request, revision, typed))


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


def _form(request: HttpRequest, revision: Revision, data=None) -> DecisionForm:
    held = request.user.practitioner.therapies_on(timezone.localdate())
    mine = [therapy for therapy in revision.wanted if therapy in held]
    return DecisionForm(data, therapies=mine, flags=_flags(revision))


def _flags(revision: Revision) -> list[flag_words.FlagShown]:
    return flag_words.flags_shown(list(revision.flags.all()), data_of(revision.rule_set))


def _show_again(request, intake, form, status) -> HttpResponse:
    """The answers are on the page once more: a reading of its own."""
    revision = services.open_form(intake=intake, by=request.user)
    return _show(request, intake, revision, form, status)


def _show(request, intake, revision, form=None, status=200) -> HttpResponse:
    questions, rules = outline(revision.question_set_id), data_of(revision.rule_set)
    flags = flag_words.flags_shown(list(revision.flags.all()), rules)
    sent_on = timezone.localdate(revision.sent_at)
    concerns = flag_words.by_concern(flags)
    besides = reading.besides(revision, questions, rules)
    on_form = queries.decisions_on_form(intake)
    decisions = [each for each in on_form if each.revision_id == revision.pk]
    emergencies = list(urgent.events(intake.patient).select_related("intake"))
    latest = queries.standing_verdicts(decisions)
    context = {
        "intake": intake,
        "patient": intake.patient,
        "age": intake.patient.age_on(timezone.localdate()),
        "revision": revision,
        "filled_in_language": language_of(revision),
        "flags": flags,
        "concerns": concerns,
        "asks_shown": any(concern.is_ask for concern in concerns),
        "besides": besides,
        "allergies": reading.serious_allergies(revision, questions),
        "asks": reading.asked_about(revision, questions),
        "goals": reading.goals_in_words(revision, questions),
        "groups": reading.answer_groups(revision, questions),
        "own_words": words.pieces(revision.answers.get("own_words", ""), rules, sent_on),
        "medicines": words.medicines(revision.answers, rules, sent_on, dict(besides.guesses)),
        "decisions": decisions,
        "emergencies": emergencies,
        "contacts": list(urgent.contacts(intake.patient)) if emergencies else [],
        "form": form or _form(request, revision),
        "steps": reading.steps_from(intake.state),
        "can_decide": intake.state == State.IN_REVIEW or form is not None,
        "current": [verdict.pk for verdict in latest.values()],
        "same_day": revision.screening.get("urgency"),
        "ending": ending.of_form(revision),
        "changed": changed.since_the_review(intake, revision, on_form, rules),
    }
    return render(request, "review/case.html", context, status=status)


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


def number_in(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
