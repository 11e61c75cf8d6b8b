"""Changing a sent form, or keeping it as it was."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible, Refused
from clinic.people import unsent
from clinic.people.policy import needs
from intake.submission import changing, withdrawing
from intake.submission.forms import ChangeForm
from intake.submission.views import own_form


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """The reason first; then the form itself, as it was sent."""
    intake = own_form(request, reference)
    if intake.is_open:
        return redirect("submission:tasks", reference)
    if not changing.can_be_changed(intake):
        return render(request, "submission/cannot_change.html", {"intake": intake}, status=409)
    form = ChangeForm(request.POST if request.method == "POST" else unsent.take(request))
    if request.method == "POST" and form.is_valid():
        try:
            changing.begin_change(intake=intake, by=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.info(request, refused.sentence)
            return redirect("submission:sent", reference)
        return redirect("submission:tasks", reference)
    status = 422 if request.method == "POST" else 200
    context = {"intake": intake, "form": form}
    return render(request, "submission/change.html", context, status=status)


@needs("patient")
@require_http_methods(["GET", "POST"])
def drop_change(request: HttpRequest, reference: str) -> HttpResponse:
    """GET asks once more; only the button forgets what was changed."""
    intake = own_form(request, reference)
    if not intake.is_changing:
        return redirect("submission:sent", reference)
    if request.method == "GET":
        return render(request, "submission/drop_change.html", {"intake": intake})
    try:
        changing.drop_change(intake=intake, by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", reference)
    messages.success(request, _("Your form stays as it was."))
    return redirect("submission:sent", reference)


@needs("patient")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """GET says what it means; only the button takes the form back."""
    intake = own_form(request, reference)
    context = {"intake": intake, "possible": withdrawing.can_be_withdrawn(intake)}
    if request.method == "GET":
        return render(request, "submission/withdraw.html", context)
    try:
        withdrawing.withdraw(intake=intake, by=request.user)
    except Refused as refused:
        context["sentence"] = refused.sentence
        return render(request, "submission/withdraw.html", context, status=409)
    messages.success(request, _("You took this form back. Nobody is working on it."))
    return redirect("submission:sent", reference)
