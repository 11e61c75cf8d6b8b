"""Asking a colleague to look at one therapy, and calling it off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clinic.errors import Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.review import seconds
from intake.review.case_page import case_of, number_in
from intake.review.opinion_models import SecondOpinion
from intake.review.queue_forms import AskColleagueForm


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def ask_colleague(request: HttpRequest, reference: str) -> HttpResponse:
    """Filled in on the case. What is refused comes back on a page of its own, as it was typed."""
    intake = case_of(request, reference)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    if typed is None:
        return redirect("review:case", reference)
    revision = intake.revisions.filter(pk=number_in(typed.get("revision"))).first()
    therapy, by, now = typed.get("therapy", ""), request.user, timezone.now()
    asked = seconds.colleagues(revision, therapy, by=by, now=now) if revision else []
    form = AskColleagueForm(typed, colleagues=asked)
    if request.method == "POST" and form.is_valid():
        to, question = form.colleague(), form.cleaned_data["question"]
        try:
            seconds.ask_colleague(
                revision=revision, therapy=therapy, colleague=to, by=by, question=question
            )
            messages.success(request, f"{to} is asked to look at {therapy}.")
            return redirect("review:case", reference)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"intake": intake, "form": form, "therapy": therapy}
    status = 422 if request.method == "POST" else 200
    return render(request, "review/ask_colleague.html", context, status=status)


@needs("practitioner")
@require_POST
def call_off(request: HttpRequest, reference: str) -> HttpResponse:
    intake = case_of(request, reference)
    asked = SecondOpinion.objects.filter(
        revision__intake=intake, pk=number_in(request.POST.get("asked"))
    )
    found = asked.select_related("revision").first()
    try:
        if found is None:
            raise seconds.NothingToAsk
        seconds.call_off(asked=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "They are asked no longer. You can ask somebody else.")
    return redirect("review:case", reference)
