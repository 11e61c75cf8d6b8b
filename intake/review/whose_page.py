"""A page of a case carries whom it was drawn for and what it showed. Where accounts are switched in
another tab, nobody decides from somebody else's page, and nobody reads what the other one typed."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clinic.errors import Refused
from intake.review.quiet import is_quiet, refused

View = Callable[..., HttpResponse]
SENTENCE = (
    "This page was opened by someone else, and you are signed in now. Nothing was stored. "
    "Read the form yourself before you decide."
)


class NotSaid(Refused):
    sentence = (
        "This page did not say whom it was drawn for and what it showed. Nothing was stored. "
        "Read the form as it is now, and save again."
    )


def is_said(request: HttpRequest) -> bool:
    """Whether the page says whom it was drawn for and which revision it showed."""
    return all(request.POST.get(each) for each in ("drawn_for", "revision"))


def from_own_page(view: View) -> View:
    """A page that was drawn for nobody is for the view to refuse: what was typed on it stays."""

    @wraps(view)
    def checked(request: HttpRequest, reference: str) -> HttpResponse:
        if request.POST.get("drawn_for") not in (None, "", str(request.user.pk)):
            if is_quiet(request):
                return refused(SENTENCE)
            messages.error(request, SENTENCE)
            return redirect("review:case", reference)
        return view(request, reference)

    return checked
