"""What is typed into a decision, kept for its writer before anything is made of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from intake.review import drafts, private_notes
from intake.review.case_page import number_in
from intake.review.forms import DecisionForm
from intake.review.quiet import is_quiet
from intake.submission.models import Intake, Revision


def keep(request: HttpRequest, intake: Intake, revision: Revision, form: DecisionForm) -> str:
    """The decision as far as it is written, and the private note beside it; returns when. Raises
    Outdated, DecidedSince, TooLong."""
    keep_note(request, intake)
    at = timezone.now()
    if intake.drafted_at or form.has_changed():
        seen = number_in(request.POST.get("seen")) or 0
        drafts.save_draft(revision=revision, by=request.user, typed=request.POST, seen=seen, now=at)
    return f"{timezone.localtime(at):%H:%M}"


def keep_note(request: HttpRequest, intake: Intake) -> None:
    """Only what was changed on this page: it may have been changed elsewhere since it was drawn."""
    text = request.POST.get("private_text")
    if text is not None and text != request.POST.get("private_was"):
        private_notes.save_note(intake=intake, by=request.user, text=text)


def kept(request: HttpRequest, reference: str, at: str) -> HttpResponse:
    """Asked for by a button, or by decision-draft.js, which asks for JSON."""
    if is_quiet(request):
        return JsonResponse({"kept": at})
    messages.success(
        request, f"What you wrote is kept for you alone ({at}). Nothing is decided yet."
    )
    return _to_the_decision(reference)


def thrown_away(request: HttpRequest, intake: Intake) -> HttpResponse:
    keep_note(request, intake)
    drafts.discard(intake=intake, by=request.user)
    messages.success(request, "What you had begun is thrown away. Your private note stays.")
    return _to_the_decision(intake.reference)


def _to_the_decision(reference: str) -> HttpResponse:
    return redirect(reverse("review:case", args=[reference]) + "#decision")
