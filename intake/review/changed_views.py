"""A form that was changed: keeping the decision, and reading what was sent earlier."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.errors import Refused
from clinic.people.policy import needs
from intake.questionnaire.outline import outline
from intake.review import flags as flag_words
from intake.review import keeping, reading, services
from intake.review.case_page import case_of, number_in
from intake.review.ticks import flags_in
from intake.review.whose_page import NotSaid, from_own_page, is_said
from intake.screening.services import data_of


@needs("practitioner")
@require_POST
@from_own_page
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    intake = case_of(request, reference)
    if not is_said(request):
        messages.error(request, NotSaid.sentence)
        return redirect("review:case", reference)
    revision = intake.revisions.filter(pk=number_in(request.POST.get("revision"))).first()
    if revision is None:
        messages.error(request, "The form you decided on could not be found. Nothing was stored.")
        return redirect("review:case", reference)
    try:
        seen = number_in(request.POST.get("seen")) or 0
        ticked = flags_in(request.POST.getlist("flags_seen"))
        keeping.keep(revision=revision, by=request.user, seen=seen, flags_seen=ticked)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("review:case", reference)
    messages.success(request, f"The decision on {reference} is kept for what they sent last.")
    return redirect("review:case", reference)


@needs("practitioner")
@require_GET
def revision(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What was sent at one moment, with what screening found in it then."""
    intake = case_of(request, reference)
    sent = intake.revisions.select_related("question_set", "rule_set").prefetch_related("flags")
    shown = get_object_or_404(sent, number=number)
    services.note_reading(intake=intake, by=request.user)
    questions, rules = outline(shown.question_set_id), data_of(shown.rule_set)
    flags = flag_words.flags_shown(list(shown.flags.all()), rules)
    context = {
        "intake": intake,
        "revision": shown,
        "flags": flags,
        "concerns": flag_words.by_concern(flags),
        "besides": reading.besides(shown, questions, rules),
        "groups": reading.answer_groups(shown, questions),
        "own_words": shown.answers.get(reading.OWN_WORDS, ""),
    }
    return render(request, "review/revision.html", context)
