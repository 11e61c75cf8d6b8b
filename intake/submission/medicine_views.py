"""The list of medicines: see it, name one, say which it is and how much, take one off.

Each step has an address and is saved when it is left, so that a step back, a reload or a phone
that dies loses nothing.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible
from clinic.people import unsent
from clinic.people.policy import needs
from intake.screening.medicines.choosing import offered_names
from intake.screening.services import published
from intake.submission import medicine_list
from intake.submission.here import Here, leave, on_a_page
from intake.submission.medicine_forms import NONE_OF_THESE, AnotherForm, DetailsForm, NameForm


def list_page(request: HttpRequest, here: Here) -> HttpResponse:
    """The page of the question itself: what is on the list, and whether there is more."""
    rows = _rows(here)
    if not rows:
        return redirect("submission:medicine_add", *here.arguments)
    if request.method == "POST" and request.POST.get("leave"):
        return leave(request, here)
    form = AnotherForm(request.POST if request.method == "POST" else None)
    is_full = len(rows) >= medicine_list.MOST
    if request.method == "POST" and (is_full or form.is_valid()):
        more = not is_full and form.cleaned_data["another"] == "yes"
        return redirect("submission:medicine_add", *here.arguments) if more else here.on()
    cards = medicine_list.cards(rows, published()[1])
    return _show(request, here, "medicines", form, cards=cards, is_full=is_full)


def _on_the_list(view: Callable) -> Callable:
    """The page of the list, with this medicine on it; the list itself when it is gone."""

    @on_a_page
    @wraps(view)
    def wrapped(request: HttpRequest, here: Here, **named: str) -> HttpResponse:
        if not here.page.listed:
            return redirect("submission:page", *here.arguments)
        if "key" in named and medicine_list.row_of(_rows(here), named["key"]) is None:
            messages.info(request, _("That medicine is not on your list any more."))
            return redirect("submission:page", *here.arguments)
        return view(request, here, **named)

    return wrapped


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
@_on_the_list
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """A name; the medicine is on the list from here on, however the person leaves."""
    rows = _rows(here)
    if len(rows) >= medicine_list.MOST:
        return redirect("submission:page", *here.arguments)
    form = NameForm(_typed(request), initial={"key": medicine_list.new_key()})
    if request.method == "POST" and form.is_valid():
        return _name(request, here, form.cleaned_data["key"], form.cleaned_data["name"])
    return _show(request, here, "medicine_name", form, is_first=not rows)


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
@_on_the_list
def rename(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    row = medicine_list.row_of(_rows(here), key)
    form = NameForm(_typed(request), initial=row)
    if request.method == "POST" and form.is_valid():
        return _name(request, here, key, form.cleaned_data["name"])
    return _show(request, here, "medicine_name", form, row=row)


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
@_on_the_list
def describe(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Which of the offered names it is, the dose and how often."""
    row = medicine_list.row_of(_rows(here), key)
    offers = offered_names(row["name"], published()[1])
    which = row.get("matched") or (NONE_OF_THESE if row.get("how") else "")
    form = DetailsForm(_typed(request), offers=offers, initial={**row, "which": which})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = said.get("which", "")
        matched = "" if chosen == NONE_OF_THESE else chosen
        how = medicine_list.CHOSEN if matched else medicine_list.AS_TYPED if chosen else ""
        details = {"dose": said["dose"], "how_often": said["how_often"]}
        return _keep(
            request,
            here,
            lambda rows: medicine_list.described(rows, key, matched=matched, how=how, **details),
        )
    return _show(request, here, "medicine_details", form, row=row)


@needs("patient")
@require_http_methods(["GET", "POST"])
@_on_the_list
def remove(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Asks first: nothing is lost by a slip of the finger."""
    if request.method == "POST":
        return _keep(request, here, lambda rows: medicine_list.without(rows, key))
    row = medicine_list.row_of(_rows(here), key)
    return _show(request, here, "medicine_remove", None, row=row)


def _rows(here: Here) -> list[medicine_list.Row]:
    return medicine_list.rows_of(here.intake.answers, here.page.listed.code)


def _typed(request: HttpRequest):
    """What was posted, or what was typed before a sign-out."""
    if request.method == "POST":
        return request.POST
    typed = unsent.take(request)
    if typed is not None:
        messages.info(request, unsent.SENTENCE)
    return typed


def _name(request: HttpRequest, here: Here, key: str, name: str) -> HttpResponse:
    to = ("submission:medicine", *here.arguments, key)
    return _keep(request, here, lambda rows: medicine_list.named(rows, key, name), to=to)


def _keep(request: HttpRequest, here: Here, change, to: tuple | None = None) -> HttpResponse:
    code = here.page.listed.code
    try:
        medicine_list.change_list(intake=here.intake, code=code, change=change, by=request.user)
    except MoveNotPossible:
        return redirect("submission:sent", here.intake.reference)
    return redirect(*(to or ("submission:page", *here.arguments)))


def _show(
    request: HttpRequest, here: Here, template: str, form: Form | None, **more: object
) -> HttpResponse:
    wrong = request.method == "POST"
    context = {**here.shown(), "form": form, "question": here.page.listed, **more}
    return render(request, f"submission/{template}.html", context, status=422 if wrong else 200)
