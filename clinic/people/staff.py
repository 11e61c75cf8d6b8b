"""The staff door: password first, then the second factor, then the page that was asked for."""

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from clinic.people.devices import device


class StartsAgain:
    """The first page of a way in starts anew, and never leads back into a half-done one."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage) -> None:
        clear_login(request)


class StaffSignIn(StartsAgain, LoginView):
    pass


class Onward:
    """Knows the page the person was on the way to; only pages of this site count."""

    def get_context_data(self, **kwargs) -> dict:
        wanted = get_next_redirect_url(self.request) or ""
        return super().get_context_data(**kwargs) | {"onward": wanted}


class Enrol(Onward, ActivateTOTPView):
    """Setting up the app shows it at the same time: no second code is asked for right after."""

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return context | {"groups": [secret[i : i + 4] for i in range(0, len(secret), 4)]}

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return self._done_already()
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return passthrough_next_redirect_url(self.request, super().get_success_url(), "next")

    def form_valid(self, form) -> HttpResponse:
        try:
            answer = super().form_valid(form)
        except IntegrityError:  # the button was pressed twice at the same moment
            return self._done_already()
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        if app.wrap().validate_code(form.cleaned_data["code"]):  # which also uses it up
            post_authentication(self.request, app)
        return answer

    def _done_already(self) -> HttpResponse:
        codes = reverse("mfa_view_recovery_codes")
        return redirect(passthrough_next_redirect_url(self.request, codes, "next"))


class Check(AuthenticateView):
    """The second factor at sign-in. A POST without a code is one with an empty code."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST":
            request.POST = request.POST.copy()
            request.POST.setdefault("code", "")
        return super().dispatch(request, *args, **kwargs)


class RemoveApp(DeactivateTOTPView):
    """Without an app nobody works here: this session, too, must first set up the next one."""

    success_url = reverse_lazy("mfa_activate_totp")

    def form_valid(self, form) -> HttpResponse:
        answer = super().form_valid(form)
        records = get_authentication_records(self.request, self.request.user)
        kept = [record for record in records if record.get("method") != "mfa"]
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
        return answer


class RecoveryCodes(Onward, ViewRecoveryCodesView):
    pass


class Sessions(ListUserSessionsView):
    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device(session.user_agent)
        return context


def admin_door(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
    """The admin's own form counts no tries, so the one staff door is the only one."""
    wanted = get_next_redirect_url(request) or reverse("admin:index")
    return redirect_to_login(wanted, reverse("account_login"))


def admin_password(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
    return redirect("account_change_password")
