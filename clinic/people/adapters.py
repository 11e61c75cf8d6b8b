"""How the sign-in library fits this clinic."""

import secrets
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from clinic.encryption import seal, unseal
from clinic.people import languages
from clinic.people.models import User

BOUND_TO = b"mfa.secret"
TOO_MANY = _("There were too many tries. Wait 5 minutes, then try again.")
WRONG_CODE = "That code did not work. Wait for the next one in your app, then write its 6 digits."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and this password do not belong together. "
        "Check both, or choose a new password.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "enter_current_password": "This is not your password. Write the one you signed in with.",
        "incorrect_password": "This is not your password. Write the one you signed in with.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the account, where there is one."""
        account = User.objects.filter(email=email).first()
        with override(languages.of_account(account) if account else get_language()):
            super().send_mail(template_prefix, email, context)

    def generate_login_code(self) -> str:
        """Six digits: easy to type on a phone. Five tries and 15 minutes bound the guessing."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def is_open_for_signup(self, request) -> bool:
        """Accounts are opened by e-mailed code only: a password set by someone who does not read
        that mailbox would later open the answers of the person who does."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Not within five minutes of signing in: the password was typed a moment ago."""
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        if any(r["method"] in ("password", "mfa") and r["at"] > since for r in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the clinic's own address, whatever host the person who asked wrote in the request."""
        uid, _, token = key.partition("-")
        route = "account_reset_password_from_key"
        return settings.SITE_URL + reverse(route, kwargs={"uidb36": uid, "key": token})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are stored sealed."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return seal(text.encode(), bound_to=BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(bytes.fromhex(encrypted_text), bound_to=BOUND_TO).decode()
