"""Someone opens or sends a page of a practitioner, and their last registration has ended meanwhile.

They read nothing about anyone any more, so the page itself cannot come back. What they typed is
their own: it is shown to them, with the reason, and can be sent once more.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from clinic.people import curtain, unsent
from clinic.people.registrations import NONE_HELD, ended_on

Said = list[tuple[str, str]]
"""(what was asked, what was typed or chosen), in the order of the page."""
OF_THE_PAGE = {
    *("csrfmiddlewaretoken", "revision", "seen", "drawn_for", "do", "found", "name", "to"),
    *("next", "preview", "keep", "discard", "private_was", "decision", "asked", "therapy"),
}
"""Sent by a page of its own accord: nobody typed it."""


def in_words(reader: Callable[[QueryDict], Said]):
    """Declares how what a view is sent reads to a person."""

    def declare(view):
        view.typed_in_words = reader
        return view

    return declare


def told(request: HttpRequest, view, who: str) -> HttpResponse | None:
    """What stands in place of "not found"; None for everyone else."""
    if who != "practitioner" or not request.user.is_practitioner or not _own(request):
        return None
    if curtain.is_hidden(request):
        return curtain.behind(request, view)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    return _closed(request) if typed is None else _page(request, view, typed)


def _own(request: HttpRequest) -> bool:
    """Not a page that was drawn for someone else who used this browser before."""
    return request.POST.get("drawn_for", str(request.user.pk)) == str(request.user.pk)


def _why(request: HttpRequest) -> str:
    held = request.user.practitioner.registrations.all()
    return ended_on(held, timezone.localdate()) or NONE_HELD


def _closed(request: HttpRequest) -> HttpResponse:
    """The same for every page of a practitioner, whether there is something behind it or not."""
    return render(request, "account/not_registered.html", {"why": _why(request)}, status=404)


def _page(request: HttpRequest, view, typed: QueryDict) -> HttpResponse:
    reader = getattr(view, "typed_in_words", as_sent)
    context = {
        "sentence": f"{_why(request)}, so nothing was stored.",
        "reference": request.resolver_match.kwargs.get("reference", ""),
        "said": [(label, words) for label, words in reader(typed) if words.strip()],
        "sent": [
            (name, value)
            for name, values in typed.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
        "again": request.path,
    }
    return render(request, "account/registration_ended.html", context, status=409)


def as_sent(typed: QueryDict) -> Said:
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, values in typed.lists()
        for value in values
        if name not in OF_THE_PAGE
    ]
