"""In which language a page is, and an e-mail: the one place that decides it.

Patients: what they chose in this browser, else what their account keeps, else what the browser
asks for. People who work here: English, and so are their door and the admin.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language, override

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import User

STAFF = settings.LANGUAGE_CODE


def known(code: str) -> bool:
    """Whether the site speaks this language."""
    return code in dict(settings.LANGUAGES)


def chosen_here(request: HttpRequest) -> str:
    """The language chosen in this browser; empty when none was."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if known(code) else ""


def of_account(user: User) -> str:
    """What its owner reads. Whoever never said so reads what is spoken at this moment."""
    if user.is_staff_member:
        return STAFF
    return user.language if known(user.language) else get_language() or settings.LANGUAGE_CODE


class LanguageMiddleware:
    """After Django's own, which knows the browser only and so needs no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with override(self._language(request)):
            request.LANGUAGE_CODE = get_language()
            answer = self.get_response(request)
            answer.headers["Content-Language"] = request.LANGUAGE_CODE
        return answer

    def _language(self, request: HttpRequest) -> str:
        user = request.user
        if user.is_authenticated and (user.is_staff_member or not chosen_here(request)):
            return of_account(user)
        return get_language() or settings.LANGUAGE_CODE

    def process_view(self, request, view, args, kwargs) -> None:
        name = request.resolver_match.view_name
        if policy.is_for_staff(view, name):
            activate(STAFF)
            request.LANGUAGE_CODE = STAFF


@transaction.atomic
def keep(*, language: str, by: User) -> None:
    """From now on the patient's pages and e-mails are in this language. Raises NotAllowed."""
    policy.require(by, "patient")
    changed = User.objects.filter(pk=by.pk).exclude(language=language).update(language=language)
    if changed:
        record(action="language_chosen", by=by, detail=language)
        by.language = language
