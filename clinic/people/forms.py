"""The sign-in library's forms for staff, in the clinic's words."""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from clinic.people.tokens import may_choose_password

PASSWORD_ERRORS = {
    "password_too_short": "Choose a password of at least 12 characters.",
    "password_too_common": "Many people use this password. Choose another one.",
    "password_too_similar": "This password is too much like your name or address. Choose another.",
}


@dataclass(frozen=True)
class Words:
    """What a person reads at one input. `missing` is said whenever the input cannot be read."""

    label: str
    missing: str
    autocomplete: str
    hint: str = ""
    numeric: bool = False
    otherwise: str = ""  # for an error that the library gives no code


ADDRESS = Words(
    "E-mail address", "Write your e-mail address, like name@example.org.", autocomplete="username"
)
PASSWORD = Words("Password", "Write your password.", autocomplete="current-password")
NEW_PASSWORD = {
    "password1": Words(
        "New password",
        "Write a new password.",
        autocomplete="new-password",
        hint="At least 12 characters. A few words that do not belong together work well.",
    ),
    "password2": Words(
        "The new password again",
        "Write the new password a second time.",
        autocomplete="new-password",
        otherwise="Write the same new password in both boxes.",
    ),
}
CODE = Words(
    "Write the code that the app shows.",
    "Write the 6 digits that your authenticator app shows now.",
    autocomplete="one-time-code",
    hint="6 digits. It changes every 30 seconds.",
    numeric=True,
)
APP_OR_RECOVERY_CODE = Words(
    "Code",
    "Write the 6 digits that your authenticator app shows now.",
    autocomplete="one-time-code",
    hint="6 digits from your authenticator app, or one of your recovery codes.",
    numeric=True,
)


class InPlainWords:
    """Puts `words` on a library form; an error of the whole form is shown at its first input."""

    use_required_attribute = False
    words: dict[str, Words] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = words.label, words.hint
            missing = ("required", "invalid", "max_length", "null_characters_not_allowed")
            field.error_messages.update(dict.fromkeys(missing, words.missing))
            field.widget.attrs = {
                "autocomplete": words.autocomplete,
                "class": "form-control short" if words.numeric else "form-control",
            } | ({"inputmode": "numeric"} if words.numeric else {})

    def add_error(self, field: str | None, error: ValidationError | str) -> None:
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if field is None and not hasattr(error, "error_dict"):
            field = next(iter(self.fields), None)
        otherwise = self.words[field].otherwise if field in self.words else ""
        for each in getattr(error, "error_list", []):
            each.message = PASSWORD_ERRORS.get(each.code, each.message)
            each.message = each.message if each.code else otherwise or each.message
        super().add_error(field, error)

    @property
    def summary_errors(self) -> list[tuple[str, str]]:
        """(id of the input, sentence) in the order of the page."""
        return list(self._sentences())

    def _sentences(self) -> Iterator[tuple[str, str]]:
        yield from (("main", sentence) for sentence in self.non_field_errors())
        for field in self:
            yield from ((field.id_for_label, sentence) for sentence in field.errors)


class SignInForm(InPlainWords, account.LoginForm):
    words = {"login": ADDRESS, "password": PASSWORD}


class ForgottenForm(InPlainWords, account.ResetPasswordForm):
    """A link goes to staff only. The page answers alike; the e-mail to others offers no link."""

    words = {"email": ADDRESS}

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if may_choose_password(user)]
        return email

    def save(self, request: HttpRequest, **kwargs) -> str:
        if self.users:
            return super().save(request, **kwargs)
        email = self.cleaned_data["email"]
        get_adapter(request).send_mail("account/email/no_password", email, {})
        return email


class NewPasswordForm(InPlainWords, account.ResetPasswordKeyForm):
    words = NEW_PASSWORD


class ChangePasswordForm(InPlainWords, account.ChangePasswordForm):
    words = {
        "oldpassword": Words(
            "Your password now", "Write the password you have now.", autocomplete="current-password"
        )
    } | NEW_PASSWORD


class PasswordAgainForm(InPlainWords, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class EnrolForm(InPlainWords, totp.ActivateTOTPForm):
    words = {"code": CODE}


class CheckForm(InPlainWords, mfa.AuthenticateForm):
    words = {"code": APP_OR_RECOVERY_CODE}


class CodeAgainForm(InPlainWords, mfa.ReauthenticateForm):
    words = {"code": APP_OR_RECOVERY_CODE}
