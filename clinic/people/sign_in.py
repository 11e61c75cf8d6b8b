"""Patients sign in by e-mailed code. A new address gets its account here, in the same flow."""

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.views import RequestLoginCodeView
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinic.audit.services import record
from clinic.people.models import User
from clinic.people.staff import StartsAgain

LONGEST = User._meta.get_field("email").max_length


def account_for_code(*, email: str) -> User | None:
    """Whose code goes to this address; opens an account for an address nobody has used.

    None for staff, who sign in by password and second factor, and for those whose access ended.
    """
    user = User.objects.filter(email__iexact=email).first() or _open_account(email)
    return None if user.is_staff_member or not user.is_active else user


def _open_account(email: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email)
            record(action="account_opened", by=user)
    except IntegrityError:  # the same address was asked for at the same moment
        return User.objects.get(email__iexact=email)
    return user


class CodeForm(RequestLoginCodeForm):
    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if len(email) > LONGEST:
            raise ValidationError(f"Write an e-mail address of at most {LONGEST} characters.")
        email = super().clean_email()
        self._user = account_for_code(email=email)
        return email


class RequestCode(StartsAgain, RequestLoginCodeView):
    """Answers every address alike, so that nobody learns here who has an account."""

    form_class = CodeForm
