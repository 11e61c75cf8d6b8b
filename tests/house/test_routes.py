"""Every route against seven kinds of people, in one table. A new route without a row fails."""

from datetime import time
from types import SimpleNamespace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from factories import make_clearance, make_practitioner, make_sent, part, token

from clinic.people import policy
from clinic.people.middleware import PolicyMiddleware
from clinic.people.models import User
from intake.booking.models import Service, WeeklyHours
from intake.booking.services import book
from intake.referral import services as referral
from intake.submission.models import EmergencyEvent

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PEOPLE = ["stranger", "patient", "other", "practitioner", "masseur", "reception", "manager"]

# Who gets past the door of each route with GET. Everyone else: a stranger is asked to sign in,
# a signed-in person gets "not found". "anyone" counts the stranger in.
ANYONE = set(PEOPLE)
SIGNED_IN = ANYONE - {"stranger"}
PATIENTS = {"patient", "other"}
CLINICAL = {"practitioner", "masseur"}
FRONT_DESK = CLINICAL | {"reception"}
STAFF = SIGNED_IN - PATIENTS
TABLE = {
    "landing": ANYONE,
    "home": SIGNED_IN,
    "healthz": ANYONE,
    "demo:mailbox": set(),  # there only in the demo
    "submission:start": ANYONE,
    "submission:begin": PATIENTS,
    "submission:home": PATIENTS,
    "submission:tasks": {"patient"},
    "submission:check": {"patient"},
    "submission:send": PATIENTS,  # only POST does anything; whose form it is, is asked there
    "submission:sent": {"patient"},
    "submission:emergency": set(),  # nothing urgent was answered: not found for anyone
    "submission:page": {"patient"},
    "review:queue": CLINICAL,
    "review:case": CLINICAL,
    "review:decide": CLINICAL,  # only POST does anything
    "review:step": CLINICAL,  # likewise
    "review:alert": CLINICAL,
    "review:news": {"patient"},
    "referral:letters": CLINICAL,
    "referral:of_form": CLINICAL,
    "referral:letter": CLINICAL,
    "referral:edit": CLINICAL,
    "referral:send": CLINICAL,  # likewise
    "referral:reply": CLINICAL,  # likewise
    "referral:mine": PATIENTS,
    "referral:mine_one": {"patient"},
    "booking:choose": PATIENTS,
    "booking:visits": PATIENTS,
    "booking:visit": {"patient"},
    "booking:cancel": {"patient"},
    "booking:diary": FRONT_DESK,
    "booking:waiting": FRONT_DESK,
    "booking:book_for": FRONT_DESK,
    "booking:staff_visit": FRONT_DESK,
    "booking:staff_cancel": FRONT_DESK,
    "account_request_login_code": ANYONE,
    "account_confirm_login_code": SIGNED_IN,  # nothing to confirm: sent home
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_signup": ANYONE,  # says that it is closed
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,  # says that this link does not work
    "account_reset_password_from_key_done": ANYONE,
    "account_reauthenticate": STAFF,
    "account_change_password": STAFF,
    "account_set_password": STAFF,
    "mfa_index": STAFF,
    "mfa_authenticate": SIGNED_IN,  # nothing to check: sent home
    "mfa_reauthenticate": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_deactivate_totp": STAFF,
    "mfa_view_recovery_codes": STAFF,
    "mfa_generate_recovery_codes": STAFF,
    "mfa_download_recovery_codes": STAFF,
    "usersessions_list": SIGNED_IN,
}
DOORS = ("/account/code/", "/account/staff/")


def routes(resolver=None, namespace="") -> list[str]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found += routes(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name or entry.pattern}")
    return found


def test_every_route_has_a_row():
    missing = [name for name in routes() if name not in TABLE and not name.startswith("admin:")]

    assert missing == []


@pytest.fixture
def people(patient, other_patient, practitioner, masseur) -> dict[str, Client]:
    reception = User.objects.create_user("sam@example.org", "a long password", is_reception=True)
    manager = User.objects.create_user("ada@example.org", "a long password", is_manager=True)
    accounts = {
        "patient": patient.account,
        "other": other_patient.account,
        "practitioner": practitioner.user,
        "masseur": masseur.user,
        "reception": reception,
        "manager": manager,
    }
    return {"stranger": Client()} | {name: signed_in(user) for name, user in accounts.items()}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    if user.is_staff_member:
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        session = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
        session.save()
    return client


@pytest.fixture
def addresses(patient, room) -> dict[str, str]:
    colleague = make_practitioner("lee@example.org", "Lee Park", "acupuncture", "massage")
    for weekday in range(7):
        WeeklyHours.objects.create(
            practitioner=colleague, weekday=weekday, opens=time(9), closes=time(17)
        )
    Service.objects.create(therapy="massage", minutes=60)
    clearance = make_clearance(patient, colleague)
    decided = clearance.revision.intake.reference
    visit = book(
        clearance=clearance, parts=[part(colleague, room)], token=token(), by=patient.account
    )
    form = make_sent(patient).intake.reference
    own = {"reference": form}
    alarmed, letter = {"reference": decided}, {"reference": a_letter_sent(clearance, colleague)}
    places = {"section": "about_you", "page": "name"}
    arguments = {
        "submission:page": own | places,
        "submission:emergency": own | {"page": "name"},
        **{
            f"booking:{n}": {"reference": visit.reference}
            for n in ("visit", "cancel", "staff_visit", "staff_cancel")
        },
        "booking:book_for": {"reference": patient.reference},
        **{f"submission:{n}": own for n in ("tasks", "check", "send", "sent")},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
        "review:case": own,
        "review:decide": own,
        "review:step": own,
        "review:alert": alarmed,
        "review:news": {"reference": decided},
        "referral:of_form": own,
        **{f"referral:{n}": letter for n in ("letter", "edit", "send", "reply", "mine_one")},
    }
    return {name: reverse(name, kwargs=arguments.get(name)) for name in TABLE}


def a_letter_sent(clearance, practitioner) -> str:
    """And an urgent answer on the same form, so that there is an alert to open."""
    intake = clearance.revision.intake
    EmergencyEvent.objects.create(
        intake=intake, codes=["em_stroke"], message="M1", happened="shown"
    )
    letter = referral.start(intake=intake, by=practitioner.user)
    referral.rewrite(
        letter=letter, to_name="Dr Shah", to_place="", urgency="C", body="x", by=practitioner.user
    )
    referral.send(letter=letter, permission="asked", way="post", by=practitioner.user)
    return letter.reference


@pytest.mark.parametrize("name", TABLE)
def test_the_door(people, addresses, name):
    let_in = {who for who in PEOPLE if passes(people[who], addresses[name])}

    assert let_in == TABLE[name]


def passes(client: Client, address: str) -> bool:
    """Whether GET got past sign-in and "not found"; a route for POST only answers 405 inside."""
    answer = client.get(address)
    asked_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(DOORS)
    assert answer.status_code < 500
    return answer.status_code != 404 and not asked_to_sign_in


class TestAViewThatDeclaresNoPolicy:
    @pytest.fixture
    def request_to_it(self, rf):
        request = rf.get("/somewhere/")
        request.user = AnonymousUser()
        request.resolver_match = SimpleNamespace(view_name="somewhere")
        return request

    def test_is_refused(self, request_to_it):
        with pytest.raises(ImproperlyConfigured):
            PolicyMiddleware(None).process_view(request_to_it, lambda request: None, (), {})

    def test_is_let_through_once_it_declares_one(self, request_to_it):
        view = policy.needs("anyone")(lambda request: None)

        assert PolicyMiddleware(None).process_view(request_to_it, view, (), {}) is None
