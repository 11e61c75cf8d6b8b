"""Hide screen: nothing about anyone is shown to this session until its person proves themselves.

What lifts it is any fresh proof by the sign-in library's own checks (password or code, counted
and limited there): one that is younger than the hiding. Nothing else on the server changes.
"""

import time

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic.audit.services import record
from clinic.people import unsent
from clinic.people.forms import PasswordAgainForm
from clinic.people.policy import needs

KEY = "hidden_at"
THROUGH = {"account_reauthenticate", "mfa_reauthenticate", "account_logout", "hide_screen", "look"}
"""What can be reached behind the curtain: the proofs, signing out, and a page's colours."""


@needs("staff")
@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    """The session gets a new name, so that no browser shows an earlier page from its memory."""
    before = request.session.session_key
    request.session[KEY] = time.time()
    request.session.cycle_key()
    after = request.session.session_key
    UserSession.objects.filter(session_key=before).update(session_key=after)
    record(action="screen_hidden", by=request.user)
    return redirect(_back_to(request))


def is_hidden(request: HttpRequest) -> bool:
    """Whether this session is behind the curtain still."""
    since = request.session.get(KEY)
    if since is None:
        return False
    records = get_authentication_records(request, request.user)
    if any(proof.get("reauthenticated") and proof["at"] > since for proof in records):
        del request.session[KEY]
        return False
    return True


class CurtainMiddleware:
    """After the policy: whoever is asked to sign in, or may not come here, is told so first."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or not user.is_staff_member or not is_hidden(request):
            return None
        request.is_hidden = True
        if request.resolver_match.view_name in THROUGH:
            return None
        return behind(request, view)


def behind(request: HttpRequest, view) -> HttpResponse:
    """The lock; what is sent meanwhile is not stored, and waits where the view gives it back."""
    request.is_hidden = True
    if request.method in ("GET", "HEAD"):
        return _lock(request)
    if not getattr(view, "gives_typing_back", False):
        return redirect("home")
    unsent.keep(request, user_id=request.user.pk)
    return redirect(request.path)


def _lock(request: HttpRequest) -> HttpResponse:
    """Its address without what was searched for; what was to be said waits until it is lifted."""
    form = PasswordAgainForm(user=request.user)
    context = {"form": form, "onward": request.path, "messages": []}
    return render(request, "account/hidden.html", context)


def _back_to(request: HttpRequest) -> str:
    """The page the button was on, where the lock then stands and where the way leads on to."""
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and page.startswith("/") else reverse("home")
