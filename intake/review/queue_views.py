"""The queue's pages, and the small steps around a case: next, put back, hand over, a note."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clinic.errors import Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.review import (
    alerts,
    arrivals,
    holding,
    looking_again,
    newer_rules,
    private_notes,
    queue_rows,
)
from intake.review.queue import TABS, next_case
from intake.review.queue_forms import FilterForm, HandOverForm, PrivateNoteForm, PutBackForm
from intake.review.quiet import is_quiet
from intake.review.reason_forms import LookAgainForm
from intake.review.views import case_of
from intake.submission.models import Intake, Revision


@needs("practitioner")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    tab = TABS.get(request.GET.get("tab", ""), TABS["needs"])
    form = FilterForm(request.GET, user=request.user)
    filters = form.filters()
    behind = request.GET.get("behind", "")
    page, tabs = queue_rows.page_of(tab, request.user, filters, behind, now)
    context = {
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "form": form,
        "is_narrowed": filters.any,
        "kept": form.kept(tab),
        "counted": queue_rows.COUNTED,
        "me": request.user,
        "held_by_rules": newer_rules.held(),
        "since": now,
        **alerts.on_queue(),
    }
    return render(request, "review/queue.html", context)


@needs("practitioner")
@require_GET
def arrivals_(request: HttpRequest) -> HttpResponse:
    """Asked by arrivals.js, again and again; says nothing about whom."""
    since = arrivals.moment_in(request.GET.get("since", ""))
    if since is None:
        return JsonResponse({"words": "", "urgent": False}, status=422)
    found = arrivals.arrived(user=request.user, since=since)
    return JsonResponse({"words": found.words, "urgent": bool(found.urgent)})


@needs("practitioner")
@require_GET
def next_(request: HttpRequest) -> HttpResponse:
    """The next case that needs this person and that nobody else has open."""
    after = request.GET.get("after", "")[:12]
    intake = next_case(request.user, after=after.replace("\x00", ""))
    if intake is None:
        messages.info(request, "No other form needs you now.")
        return redirect("review:queue")
    return redirect("review:case", intake.reference)


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def put_back(request: HttpRequest, reference: str) -> HttpResponse:
    intake = case_of(request, reference)
    form = PutBackForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            holding.put_back(intake=intake, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, f"{reference} is put back for whoever reads it next.")
            return redirect("review:queue")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _page(request, intake, form, "review/put_back.html")


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def look_again(request: HttpRequest, reference: str) -> HttpResponse:
    intake = case_of(request, reference)
    form = LookAgainForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            learned = form.cleaned_data["reason"]
            looking_again.look_again(intake=intake, reason=learned, by=request.user)
            messages.success(request, "Nothing can be booked in it now. Decide again.")
            return redirect("review:case", reference)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _page(request, intake, form, "review/look_again.html")


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    intake = case_of(request, reference)
    colleagues = holding.who_may_take(intake, _last(intake), request.user)
    form = HandOverForm(_typed(request), colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        to, note = form.colleague(), form.cleaned_data["note"]
        try:
            holding.hand_over(intake=intake, to=to, by=request.user, note=note)
            messages.success(request, f"{reference} is handed over to {to}.")
            return redirect("review:queue")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _page(request, intake, form, "review/hand_over.html")


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Everything somebody has goes to one colleague, as far as they may take it."""
    form = HandOverForm(_typed(request), colleagues=holding.colleagues_of(request.user))
    if request.method == "POST" and form.is_valid():
        to, note = form.colleague(), form.cleaned_data["note"]
        given, left = holding.hand_over_all(to=to, by=request.user, note=note)
        messages.success(request, f"Handed over to {to}: {_references(given) or 'nothing'}.")
        if left:
            words = "These stay with you, because they cannot take them"
            messages.warning(request, f"{words}: {_references(left)}.")
        return redirect("review:away" if left else "review:queue")
    mine = holding.everything_of(request.user, timezone.now())
    context = {"form": form, "mine": list(mine)}
    return render(request, "review/away.html", context, status=_status(request))


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Saved by its button, or quietly by note.js, which asks for JSON."""
    intake = case_of(request, reference)
    start = {"text": private_notes.note_of(intake, request.user)}
    form = PrivateNoteForm(_typed(request), initial=start)
    quietly = is_quiet(request)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        saved = private_notes.save_note(intake=intake, by=request.user, text=text)
        clock = f"{timezone.localtime(saved.saved_at):%H:%M}"
        if quietly:
            return JsonResponse({"saved": clock})
        messages.success(request, f"Your private note is saved ({clock}).")
        return redirect("review:case", reference)
    if quietly:
        return JsonResponse({"saved": ""}, status=422)
    return _page(request, intake, form, "review/private_note.html")


def _page(request: HttpRequest, intake: Intake, form, template: str) -> HttpResponse:
    context = {"intake": intake, "form": form}
    return render(request, template, context, status=_status(request))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _typed(request: HttpRequest):
    return request.POST if request.method == "POST" else unsent.take(request)


def _last(intake: Intake) -> Revision:
    return intake.revisions.defer("answers", "screening").order_by("-number").first()


def _references(intakes: list[Intake]) -> str:
    return ", ".join(intake.reference for intake in intakes)
