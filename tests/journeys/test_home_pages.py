"""A patient's home in a real browser: empty, and with as much as a home can hold."""

import pytest
from django.utils import timezone
from factories import make_clearance, make_practitioner, make_sent
from playwright.sync_api import Page, expect

from clinic.audit.services import record
from clinic.people.models import Patient, User
from intake.home.services import look_after
from tests.home.conftest import address_of
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh y Santander"
FROM_THE_RIGHT = "عبد الرحمن بن محمد"


@pytest.fixture
def account(db) -> User:
    return User.objects.create_user("nadia@example.org", name="Nadia Osei")


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)
    no_sideways_scrolling(page)


def test_of_someone_new_and_adding_a_child(visitor: Page, live_server, account):
    arrive_as(visitor, account, live_server)
    visitor.goto("/me/")
    expect(visitor.get_by_role("link", name="Start your health form")).to_be_visible()
    looked_at(visitor, "home_empty")

    visitor.get_by_role("link", name="Add someone I look after").click()
    press(visitor, "Add this person")
    expect(visitor.get_by_role("alert")).to_contain_text("Choose who they are to you.")
    looked_at(visitor, "home_add_wrong")
    visitor.get_by_label("Full name").fill(FROM_THE_RIGHT)
    visitor.get_by_text("My child").click()
    press(visitor, "Add this person")

    child = Patient.objects.get()
    assert visitor.url.endswith(address_of(child))
    expect(visitor.get_by_text("shown now")).to_be_visible()
    looked_at(visitor, "home_child")


def test_with_long_names_thirty_forms_and_a_long_history(visitor: Page, live_server, account):
    mei = make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage")
    me = Patient.objects.create(account=account, name=LONG, born=timezone.localdate())
    look_after(name=FROM_THE_RIGHT, relation="cared_for", by=account)
    make_clearance(me, mei)
    for _ in range(29):
        make_sent(me)
    for _ in range(25):
        record(action="form_open", by=mei.user, patient=me, reference=me.intakes.first())

    arrive_as(visitor, account, live_server)
    for page in ("", "messages/", "forms/", "happened/", "visits/", "letters/"):
        visitor.goto(address_of(me, page))
        looked_at(visitor, f"home_full_{page.strip('/') or 'me'}")
    visitor.set_viewport_size({"width": 320, "height": 700})
    visitor.goto("/me/")
    assert visitor.locator("body").bounding_box()["width"] <= 320
    visitor.get_by_role("link", name="See all that has happened").click()
    expect(visitor.locator("h1")).to_have_text("What has happened")
    expect(visitor.locator(".line > li").last).to_be_visible()
