"""Seven kinds of people, and the address of every route with something behind it."""

from datetime import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse
from factories import make_clearance, make_practitioner, make_sent, part, token
from route_table import TABLE
from signing_in import client_of

from clinic.people.models import User
from intake.booking.models import Service, WeeklyHours
from intake.booking.services import book
from intake.referral import services as referral
from intake.review.asking import Asked, ask
from intake.review.services import open_form
from intake.submission.models import EmergencyEvent


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
    clients = {"stranger": Client()} | {name: client_of(user) for name, user in accounts.items()}
    for staff in (practitioner.user, masseur.user, reception, manager):
        RecoveryCodes.activate(staff)
    return clients


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
    places = {"section": "about_you", "number": 3}
    arguments = {
        "submission:page": own | places,
        "submission:medicine_add": own | places,
        "submission:sure": own | places,
        **{
            f"submission:{n}": own | places | {"key": "a1b2c3"}
            for n in ("medicine", "medicine_name", "medicine_remove")
        },
        "submission:emergency": own | {"number": 3},
        **{
            f"booking:{n}": {"reference": visit.reference}
            for n in ("visit", "cancel", "staff_visit", "staff_cancel")
        },
        "booking:book_for": {"reference": patient.reference},
        **{
            f"submission:{n}": own
            for n in (
                "tasks",
                "check",
                "send",
                "sent",
                "copy",
                "put_back",
                "change",
                "drop_change",
                "withdraw",
            )
        },
        "submission:last_list": own | {"number": 3},
        "submission:last_block": own | {"section": "about_you"},
        "home:signed": {"reference": decided},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
        "submission:back_test": {"number": clearance.revision.rule_set_id},
        "review:case": own,
        "review:decide": own,
        "review:put_back": own,
        "review:look_again": own,
        "review:hand_over": own,
        "review:note": own,
        "review:mark": own,
        "review:take_alert": alarmed,
        "review:step": own,
        "review:keep": own,
        "review:take_back": own,
        "review:ask_colleague": own,
        "review:call_off": own,
        "review:revision": own | {"number": 1},
        "review:newer_rules": own,
        "review:decision": alarmed | {"pk": clearance.revision.decisions.get().pk},
        "review:alert": alarmed,
        **{f"review:{n}": own for n in ("ask", "ask_phone", "ask_again")},
        "review:questions": {"reference": an_asked_form(patient, colleague)},
        "review:questions_stop": own,
        "review:news": {"reference": decided},
        "referral:of_form": own,
        **{f"referral:{n}": letter for n in ("letter", "edit", "send", "reply", "mine_one")},
    }
    return {name: reverse(name, kwargs=arguments.get(name)) for name in TABLE}


def an_asked_form(patient, practitioner) -> str:
    revision = make_sent(patient)
    open_form(intake=revision.intake, by=practitioner.user)
    questions = [Asked("diabetes", "Since when?"), Asked("", "Who is your doctor?")]
    return ask(revision=revision, questions=questions, by=practitioner.user).intake.reference


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
