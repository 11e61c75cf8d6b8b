"""Deciding on a case: storing it, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from clinic.errors import Refused
from clinic.people import ended, unsent
from clinic.people.models import User
from clinic.people.policy import needs
from intake.review import draft_views, services, taking_back
from intake.review.case_page import Preview, case_of, form_for, number_in, show
from intake.review.forms import DecisionForm
from intake.review.message import draft
from intake.review.models import Decision
from intake.review.quiet import is_quiet
from intake.review.quiet import refused as quietly_refused
from intake.review.typed_words import decision_words, on_revision, without_place
from intake.review.whose_page import NotSaid, from_own_page, is_said
from intake.submission.models import Intake, Revision


@needs("practitioner")
@unsent.given_back
@ended.in_words(decision_words)
@require_http_methods(["GET", "POST"])
@from_own_page
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """POST records the decision, or shows what the patient would read; GET gives back one that a
    new sign-in interrupted."""
    intake = case_of(request, reference)
    if request.method == "GET":
        return _interrupted(request, intake)
    if not is_said(request):
        return _not_said(request, intake)
    revision = intake.revisions.filter(pk=number_in(request.POST.get("revision"))).first()
    if revision is None:
        return _not_there(request, reference)
    form = form_for(request, intake, revision, request.POST)
    try:
        if request.POST.get("discard"):
            return draft_views.thrown_away(request, intake)
        kept = draft_views.keep(request, intake, revision, form)
    except Refused as refused:
        return _not_kept(request, intake, revision, refused)
    if request.POST.get("keep"):
        return draft_views.kept(request, reference, kept)
    if intake.revisions.filter(number__gt=revision.number).exists():
        return _show_again(request, intake, revision, services.Outdated())
    if not form.is_valid():
        return _show_again(request, intake, revision)
    if request.POST.get("preview") or not form.cleaned_data["for_patient"]:
        return _preview(request, intake, revision, form)
    try:
        decision = _store(request, revision, form)
    except Refused as refused:
        return _show_again(request, intake, revision, refused)
    until = timezone.localtime(decision.effective_at)
    messages.success(
        request,
        format_html(
            'Your decision on <a href="{}#decision">{}</a> is stored. It goes out at {}, '
            "and until then you can take it back there.",
            reverse("review:case", args=[reference]),
            reference,
            f"{until:%H:%M}",
        ),
    )
    if request.POST.get("next"):
        return redirect(reverse("review:next", query={"after": reference}))
    return redirect("review:case", reference)


def _not_there(request: HttpRequest, reference: str) -> HttpResponse:
    sentence = "The form you decided on could not be found. Nothing was stored."
    if is_quiet(request):
        return quietly_refused(sentence)
    messages.error(request, sentence)
    return redirect("review:case", reference)


def _not_kept(
    request: HttpRequest, intake: Intake, revision: Revision, refused: Refused
) -> HttpResponse:
    if is_quiet(request):
        return quietly_refused(refused.sentence)
    return _show_again(request, intake, revision, refused)


def _say(form: DecisionForm, refused: Refused) -> None:
    """At the therapy it is about, where there is one."""
    missing = [t for t in form.therapies if t in getattr(refused, "therapies", ())]
    for therapy in missing:
        instead = "Leave it to a colleague who is registered."
        if len(form.therapies) > len(missing):
            instead = f"Choose “I do not decide on this” for {therapy}, and save the rest."
        form.add_error(therapy, f"{refused.sentence} {instead}")
    if not missing:
        form.add_error(None, refused.sentence)


def _store(request: HttpRequest, revision: Revision, form: DecisionForm) -> Decision:
    named = form.cleaned_data.get("second")
    return services.decide(
        revision=revision,
        opinions=form.opinions(),
        by=request.user,
        terms=form.terms(),
        for_patient=form.cleaned_data["for_patient"],
        note=form.cleaned_data["note"],
        flag_answers=form.flag_answers(),
        flags_seen=form.flags_seen(),
        seen=number_in(request.POST.get("seen")) or 0,
        second=User.objects.get(pk=named) if named else None,
        wait=taking_back.TAKE_BACK,
    )


def _preview(
    request: HttpRequest, intake: Intake, revision: Revision, form: DecisionForm
) -> HttpResponse:
    """What the patient would read: as it was written, or a draft to go over."""
    written = form.cleaned_data["for_patient"]
    words = written or draft(form.opinions(), language=revision.language)
    typed = request.POST.copy()
    typed["for_patient"] = words
    again = services.open_form(intake=intake, by=request.user)
    given_back = form_for(request, intake, again, typed)
    given_back.is_valid()
    preview = Preview(words, is_asked_for=bool(request.POST.get("preview")))
    return show(request, intake, again, given_back, preview=preview)


def _interrupted(request: HttpRequest, intake: Intake) -> HttpResponse:
    typed = unsent.take(request)
    if typed is None:
        return redirect("review:case", intake.reference)
    messages.info(request, unsent.SENTENCE)
    revision = services.open_form(intake=intake, by=request.user)
    return show(request, intake, revision, form_for(request, intake, revision, typed))


def _not_said(request: HttpRequest, intake: Intake) -> HttpResponse:
    """What was typed, beside what was sent last."""
    if is_quiet(request):
        return quietly_refused(NotSaid.sentence)
    revision = services.open_form(intake=intake, by=request.user)
    form = form_for(request, intake, revision, request.POST)
    form.add_error(None, NotSaid.sentence)
    return show(request, intake, revision, form, 409)


def _show_again(
    request: HttpRequest, intake: Intake, read: Revision, refused: Refused | None = None
) -> HttpResponse:
    """The answers are on the page once more, as they were sent last: a reading of its own."""
    revision = services.open_form(intake=intake, by=request.user)
    form = form_for(request, intake, revision, on_revision(request.POST, read, revision))
    form.left_over = without_place(request.POST, read, revision)
    form.is_valid()
    if refused:
        _say(form, refused)
    return show(request, intake, revision, form, 409 if refused else 422)


@needs("practitioner")
@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    intake = case_of(request, reference)
    decisions = Decision.objects.filter(revision__intake=intake)
    decision = decisions.filter(pk=number_in(request.POST.get("decision"))).first()
    try:
        if decision is None:
            raise taking_back.TooLate
        taking_back.take_back(decision=decision, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Your decision is taken back. Nothing has gone out.")
    return redirect("review:case", reference)
