"""Patients sign in by e-mailed code. A new address gets its account here, in the same flow."""

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core.ratelimit import consume_or_429
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.audit.services import record
from clinic.people import languages
from clinic.people.models import User
from clinic.people.staff import StartsAgain

LONGEST = User._meta.get_field("email").max_length


def account_for_code(*, email: str) -> User | None:
    """Whose code goes to this address, in small plain letters, and compared letter by letter: a
    look-alike such as a dotless i must never lead to the account of the address it imitates.

    Opens an account for an address nobody has used, in the language of the page that asked.

    None for staff, who sign in by password and second factor, and for those whose access ended.
    """
    user = User.objects.filter(email=email).first() or _open_account(email)
    return None if user.is_staff_member or not user.is_active else user


def _open_account(email: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, language=get_language() or "")
            record(action="account_opened", by=user)
    except IntegrityError:  # the same address was asked for at the same moment
        return User.objects.get(email=email)
    return user


class CodeForm(RequestLoginCodeForm):
    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if len(email) > LONGEST:
            sentence = _("Write an e-mail address of at most %(longest)s characters.")
            raise ValidationError(sentence, params={"longest": LONGEST})
        if not email.isascii():
            raise ValidationError(
                _("Write an address of plain letters only. We cannot send to this one safely.")
            )
        email = super().clean_email().lower()
        self._user = account_for_code(email=email)
        return email


class RequestCode(StartsAgain, RequestLoginCodeView):
    """Answers every address alike, so that nobody learns here who has an account."""

    form_class = CodeForm


class ConfirmCode(ConfirmLoginCodeView):
    """Tries are counted for the address as well, however many browsers try at once."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        address = self._process.state.get("email", "")
        too_many = consume_or_429(request, action="try_login_code", key=address)
        answer = too_many or super().post(request, *args, **kwargs)
        language = languages.chosen_here(request)
        if language and request.user.is_authenticated:
            languages.keep(language=language, by=request.user)
        return answer
