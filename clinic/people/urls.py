"""Sign-in. Only the library's routes that this clinic uses; the rest of it stays closed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.urls import path, re_path
from django.views.generic import RedirectView

from clinic.people import staff
from clinic.people.sign_in import ConfirmCode, RequestCode

urlpatterns = [
    path("code/", RequestCode.as_view(), name="account_request_login_code"),
    path("code/confirm/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("staff/", staff.StaffSignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("signup/", account.signup, name="account_signup"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,100})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Where the library sends people who have no password yet: they choose one by e-mail.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/check/", staff.Check.as_view(), name="mfa_authenticate"),
    path("second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", staff.Enrol.as_view(), name="mfa_activate_totp"),
    path("second-factor/app/remove/", staff.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes/",
        staff.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("sessions/", staff.Sessions.as_view(), name="usersessions_list"),
]
