"""Newer rules on a form that was decided on, and what was seen at a decision."""

from cryptography.exceptions import InvalidTag
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clinic.errors import Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.outline import outline
from intake.review import (
    answering_rules,
    newer_rules,
    queries,
    reading,
    services,
    stood_beside,
    what_was_seen,
)
from intake.review import flags as flag_words
from intake.review.asking_reading import rounds_shown
from intake.review.case_page import case_of, number_in
from intake.review.chart import chart, places_on
from intake.review.models import Decision
from intake.review.reason_forms import KeepForm
from intake.screening.checking import BadRules
from intake.screening.services import data_of
from intake.submission.models import Intake, Revision


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, reference: str) -> HttpResponse:
    """Only what newer rules raise; it stands with a reason, or is decided again."""
    intake = case_of(request, reference)
    if request.method == "POST":
        return _answer(request, intake)
    typed = unsent.take(request)
    return _rules_page(request, intake, KeepForm(typed) if typed else KeepForm())


def _answer(request: HttpRequest, intake: Intake) -> HttpResponse:
    pk = number_in(request.POST.get("found"))
    revision = intake.revisions.order_by("-number").first()
    found = revision.rescreenings.filter(pk=pk).select_related("revision").first() if pk else None
    form = KeepForm(request.POST)
    keeps = request.POST.get("do") == "keep"
    if found is None:
        messages.error(request, answering_rules.NothingToSay.sentence)
        return redirect("review:newer_rules", intake.reference)
    if keeps and not form.is_valid():
        return _rules_page(request, intake, form, 422)
    try:
        if keeps:
            reason = form.cleaned_data["reason"]
            answering_rules.keep(found=found, reason=reason, by=request.user)
            messages.success(request, f"The decision on {intake.reference} stands.")
        else:
            answering_rules.decide_again(found=found, by=request.user)
            messages.info(request, "Decide with what newer rules raise in mind.")
    except Refused as refused:
        form.is_valid()
        form.add_error(None, refused.sentence)
        return _rules_page(request, intake, form, 409)
    return redirect("review:case", intake.reference)


def _rules_page(
    request: HttpRequest, intake: Intake, form: KeepForm, status: int = 200
) -> HttpResponse:
    revision = queries.last_sent(intake)
    services.note_reading(intake=intake, by=request.user)
    decisions = queries.decisions_on_form(intake)
    flag_words.give_answers(decisions, data_of(revision.rule_set))
    context = {
        "intake": intake,
        "revision": revision,
        "newer": newer_rules.raised_on(revision),
        "decisions": decisions[:1],
        "current": [verdict.pk for verdict in queries.standing_verdicts(decisions).values()],
        "form": form,
    }
    return render(request, "review/newer_rules.html", context, status=status)


@needs("practitioner")
@require_GET
def decision(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What was seen and decided, built again from what is stored, and whether it matches."""
    intake = case_of(request, reference)
    on_form = Decision.objects.filter(revision__intake=intake)
    at = get_object_or_404(on_form.only("at", "by_id"), pk=pk)
    services.note_reading(intake=intake, by=request.user)
    if at.by_id != request.user.pk:
        services.note_others_read(intake=intake, by=request.user)
    try:
        context = _seen(what_was_seen.stored(at.pk))
    except (InvalidTag, BadRules):  # a row was changed in the database itself
        context = {"decision": at, "unreadable": True}
    return render(request, "review/decision.html", {"intake": intake} | context)


def _seen(shown: Decision) -> dict:
    revision, seen = shown.revision, getattr(shown, "seen", None)
    questions, known = outline(revision.question_set_id), data_of(revision.rule_set)
    flags = flag_words.flags_shown(list(revision.flags.all()), known)
    return {
        "decision": shown,
        "current": [verdict.pk for verdict in shown.verdicts.all()],
        "revision": revision,
        "seen": seen,
        "matches": seen is not None and what_was_seen.matches(shown),
        "newer": newer_rules.rows_of(seen.rescreening) if seen and seen.rescreening else [],
        "answered": flag_words.answers_shown(list(shown.flag_answers.all()), known),
        "ticked": [s.title for s in flags if s.flag.pk in _ticked(shown)],
        "flags": flags,
        "concerns": flag_words.by_concern(flags),
        "besides": reading.besides(revision, questions, known),
        "groups": reading.answer_groups(revision, questions),
        "own_words": revision.answers.get(reading.OWN_WORDS, ""),
        **_beside(seen.beside if seen else None, revision, flags),
    }


def _beside(
    kept: dict | None, revision: Revision, flags: list[flag_words.FlagShown]
) -> dict[str, object]:
    """kept: nothing with a decision from before it was kept; then only places are known."""
    if kept is None:
        return {"beside": False, "chart": chart(places_on(revision, flags), flags)}
    rounds = stood_beside.rounds_of(kept)
    return {
        "beside": True,
        "chart": chart(kept["places"], flags),
        "medicines": kept["medicines"],
        "rounds": rounds_shown(rounds, outline(revision.question_set_id)),
        "contacts": list(stood_beside.contacts_of(kept)),
    }


def _ticked(shown: Decision) -> set[int]:
    return {each.flag_id for each in shown.flags_seen.all()}
