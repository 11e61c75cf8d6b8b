"""A page of a case carries whom it was drawn for. Where accounts are switched in another tab,
nobody decides from somebody else's page, and nobody reads what the other one typed."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

View = Callable[..., HttpResponse]
SENTENCE = (
    "This page was opened by someone else, and you are signed in now. Nothing was stored. "
    "Read the form yourself before you decide."
)


def from_own_page(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, reference: str) -> HttpResponse:
        drawn_for = request.POST.get("drawn_for", str(request.user.pk))
        if drawn_for != str(request.user.pk):
            messages.error(request, SENTENCE)
            return redirect("review:case", reference)
        return view(request, reference)

    return checked
