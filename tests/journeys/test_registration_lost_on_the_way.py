"""A practitioner's registration is ended by a manager while they write a decision."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_sent
from playwright.sync_api import Page, expect

from clinic.people.models import Practitioner, User
from intake.review.models import Clearance, Decision
from intake.submission.models import Revision
from tests.journeys.steps import (
    answer_every_flag,
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)
from tests.review.decision_forms import gone_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = {
    "What the patient will read": "You can come. Bring your stick.",
    "Note for colleagues": "She is afraid of falling.",
    "Other changes for massage, one a line": "Light pressure on the left calf",
}


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_user(
        "ada@example.org", "a long enough password", name="Ada Novak", is_manager=True
    )


@pytest.fixture
def sent(patient) -> Revision:
    return make_sent(patient, wants=("massage",), flags={"heart_failure": "consult_first"})


def write_a_decision(page: Page, revision: Revision) -> None:
    page.goto(f"/reviews/{revision.intake.reference}/")
    answer_every_flag(page)
    page.locator('[name="massage"][value="suitable_with_changes"]').check()
    for label, words in TYPED.items():
        page.get_by_label(label).fill(words)


def end_registration(page: Page, who: Practitioner) -> str:
    """On the pages of Site management; returns the last day as a page writes it."""
    day = timezone.localdate() - timedelta(days=1)
    page.goto(f"/admin/people/practitioner/{who.pk}/change/")
    page.locator('[name="registrations-0-valid_until"]').fill(f"{day:%Y-%m-%d}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    return f"{day:%-d %B %Y}"


def test_it_is_said_nothing_is_stored_and_a_colleague_decides(
    visitor: Page, colleague_page: Page, live_server, sent, masseur, practitioner, patient, ada
):
    arrive_as(visitor, ada, live_server)
    arrive_as(colleague_page, masseur.user, live_server)
    write_a_decision(colleague_page, sent)

    day = end_registration(visitor, masseur)
    press(colleague_page, "Save the decision")

    said = f"Your registration for massage ended on {day}, so nothing was stored."
    expect(colleague_page.get_by_role("alert")).to_have_text(said)
    for words in (*TYPED.values(), "Suitable with changes", "Confirmed with their doctor."):
        expect(colleague_page.get_by_text(words, exact=True)).to_be_visible()
    expect(colleague_page.get_by_text(patient.name)).to_have_count(0)
    picture(colleague_page, "registration_ended")
    nothing_in_the_way(colleague_page)
    assert not Decision.objects.exists()

    press(colleague_page, "Send it again")
    expect(colleague_page.get_by_role("alert")).to_have_text(said)
    expect(colleague_page.get_by_text(TYPED["Note for colleagues"])).to_be_visible()
    colleague_page.set_viewport_size({"width": 390, "height": 844})
    no_sideways_scrolling(colleague_page)
    assert not Decision.objects.exists()

    arrive_as(colleague_page, practitioner.user, live_server)
    write_a_decision(colleague_page, sent)
    press(colleague_page, "Save the decision")
    expect(colleague_page.get_by_role("status").first).to_contain_text("is stored")
    assert gone_out() == 1
    assert Decision.objects.get().by == practitioner.user
    assert Clearance.objects.get().revision_id == sent.pk


def test_only_one_of_two_ended_and_the_rest_is_saved(
    visitor: Page, colleague_page: Page, live_server, practitioner, patient
):
    """The sentence stands at the therapy; the other one is decided from the same page."""
    sent = make_sent(patient)
    arrive_as(colleague_page, practitioner.user, live_server)
    write_a_decision(colleague_page, sent)
    colleague_page.locator('[name="acupuncture"][value="suitable"]').check()
    practitioner.registrations.filter(therapy="massage").update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )

    press(colleague_page, "Save the decision")

    group = colleague_page.get_by_role("group", name="Massage", exact=True)
    expect(group).to_contain_text("Your registration for massage ended on")
    for label, words in TYPED.items():
        expect(colleague_page.get_by_label(label)).to_have_value(words)
    picture(colleague_page, "registration_ended_for_one")
    nothing_in_the_way(colleague_page)
    assert not Decision.objects.exists()

    group.get_by_label("I do not decide on this").check()
    press(colleague_page, "Save the decision")
    expect(colleague_page.get_by_role("status").first).to_contain_text("is stored")
    assert [each.therapy for each in Decision.objects.get().verdicts.all()] == ["acupuncture"]
