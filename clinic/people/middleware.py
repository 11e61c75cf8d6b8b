"""Every route is closed until it declares whom it is for; staff enrol a second factor first."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.people import ended, policy, unsent

# What a member of staff may reach before the second factor has been shown in this session.
# Signing out is for anyone, and so needs no entry.
BEFORE_SECOND_FACTOR = {"mfa_activate_totp", "mfa_reauthenticate", "account_reauthenticate"}
IDLE_SECONDS = {"staff": 15 * 60, "patient": 30 * 60}
SIGNED_OUT = "signed_out"
"""Who it was, in the session that begins where somebody's ended by itself."""


class PolicyMiddleware:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        self._end_idle_session(request)
        return self.get_response(request)

    def _end_idle_session(self, request) -> None:
        if not request.user.is_authenticated:
            return
        limit = IDLE_SECONDS["staff" if request.user.is_staff_member else "patient"]
        now = int(time.time())
        last = request.session.get("last_seen", now)
        is_over = now - last > limit
        if asks_by_itself(request):
            # Turned away, and ends nothing: what is typed on another page goes with the request
            # that ends the session, or with a later one.
            request.user = AnonymousUser() if is_over else request.user
        elif is_over:
            self._sign_out(request)
        elif now - last > 30 or "last_seen" not in request.session:
            request.session["last_seen"] = now

    def _sign_out(self, request) -> None:
        left = request.user.pk
        logout(request)
        request.session[SIGNED_OUT] = left
        messages.info(request, _("You were away for a while, so we signed you out."))

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        who = policy.declared(view, name)
        if who is None:
            raise ImproperlyConfigured(f"The route {name or view} declares no policy.")
        if "%00" in request.META.get("QUERY_STRING", "") and (name or "").startswith("admin:"):
            raise BadRequest("No text holds that sign.")
        if who == "anyone":
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(self._back_to(request, view), reverse(policy.door(who)))
        if request.user.is_staff_member and name not in BEFORE_SECOND_FACTOR:
            step = second_factor_step(request)
            if step:
                return redirect_to_login(_wanted(request), reverse(step))
        if policy.allows(who, request.user):
            return None
        if answer := ended.told(request, view, who):
            return answer
        raise Http404

    def _back_to(self, request, view) -> str:
        """Where to go after signing in; what was typed goes along where the view gives it back."""
        if request.method == "GET" or not getattr(view, "gives_typing_back", False):
            return _wanted(request)
        if user_id := request.session.get(SIGNED_OUT):
            unsent.keep(request, user_id=user_id)
        return request.path


def asks_by_itself(request) -> bool:
    """A page that looks for news is no sign that somebody is there."""
    return "X-Asks-By-Itself" in request.headers


def _wanted(request) -> str:
    """Where to go on afterwards. What was sent by POST is not sent again behind a person's back."""
    return request.get_full_path() if request.method == "GET" else reverse("home")


def second_factor_step(request) -> str:
    """The page a member of staff must visit first, or "" when the second factor was shown."""
    if any(r.get("method") == "mfa" for r in get_authentication_records(request, request.user)):
        return ""
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return "mfa_reauthenticate"
    return "mfa_activate_totp"


class PrivatePagesMiddleware:
    """Pages of signed-in people are kept by no cache, and by no search engine."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
            response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
