"""Sign-in. Only the library's routes that this clinic uses; the rest of it stays closed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path

from clinic.people.sign_in import RequestCode

urlpatterns = [
    path("code/", RequestCode.as_view(), name="account_request_login_code"),
    path("code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("staff/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("signup/", account.signup, name="account_signup"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/check/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
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
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
