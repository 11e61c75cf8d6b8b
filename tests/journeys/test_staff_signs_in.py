"""A new colleague comes in: from the manager's admin to the page they work from, in a browser."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from clinic.people.models import User
from tests.journeys.steps import no_sideways_scrolling, nothing_in_the_way, picture, press
from tests.people.conftest import NEW, PASSWORD, SECRET, another_than, shown

COLLEAGUE = "Sam.Reyes@example.org"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_tries_yet():
    """Codes used and tries counted are not of this journey."""
    cache.clear()


@pytest.fixture
def ada(db) -> User:
    ada = User.objects.create_user("ada@example.org", PASSWORD, name="Ada", is_manager=True)
    TOTP.activate(ada, SECRET)
    RecoveryCodes.activate(ada)
    return ada


def seen(page: Page, name: str) -> None:
    """Each page of the way: pictured, and with nothing in anyone's way."""
    picture(page, f"staff_{name}")
    nothing_in_the_way(page)
    no_sideways_scrolling(page)


def type_password(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def manager_opens_an_account(page: Page, ada: User) -> None:
    page.goto("/admin/people/user/add/")
    seen(page, "sign_in")
    type_password(page, ada.email, "not the password")
    expect(page).to_have_title(re.compile("^Error: "))
    seen(page, "sign_in_wrong")
    type_password(page, ada.email, PASSWORD)
    seen(page, "check")
    page.get_by_label("Code").fill(another_than(shown()))
    press(page, "Sign in")
    seen(page, "check_wrong")
    page.get_by_label("Code").fill(shown(good_for=8))
    press(page, "Sign in")
    expect(page).to_have_url(re.compile("/admin/people/user/add/$"))
    page.locator("#id_email").fill(COLLEAGUE)
    page.locator("#id_name").fill("Sam Reyes")
    page.locator("#id_is_reception").check()
    picture(page, "staff_admin")
    page.locator('[name="_save"]').click()
    page.get_by_role("button", name="Log out").click()


def colleague_chooses_a_password(page: Page) -> None:
    page.goto("/account/staff/")
    page.get_by_role("link", name="Choose a new password").click()
    seen(page, "forgotten")
    page.get_by_label("E-mail address").fill(COLLEAGUE)
    press(page, "Send me the link")
    seen(page, "link_sent")
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[-1].body).group(0)
    page.goto(link)
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("The new password again").fill("other")
    press(page, "Save the password")
    seen(page, "new_password_wrong")
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("The new password again").fill(NEW)
    seen(page, "new_password")
    press(page, "Save the password")
    seen(page, "password_saved")
    page.goto(link)
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    seen(page, "link_used")


def colleague_enrols(page: Page) -> str:
    """The key that the page shows as text."""
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    seen(page, "set_up")
    page.get_by_label("Write the code that the app shows.").fill("000")
    press(page, "Carry on")
    seen(page, "set_up_wrong")
    secret = "".join(page.locator(".key").inner_text().split())
    page.get_by_label("Write the code that the app shows.").fill(shown(secret, good_for=8))
    press(page, "Carry on")
    expect(page.get_by_text("Your authenticator app is set up.")).to_be_visible()
    seen(page, "recovery_codes")
    return secret


class TestANewColleague:
    def test_comes_from_the_managers_admin_to_the_page_they_work_from(self, visitor: Page, ada):
        manager_opens_an_account(visitor, ada)
        colleague_chooses_a_password(visitor)

        visitor.goto("/account/sessions/")
        visitor.get_by_role("link", name="I work at this clinic").click()
        type_password(visitor, COLLEAGUE, NEW)
        colleague_enrols(visitor)
        visitor.get_by_role("link", name="I have kept them, carry on").click()

        expect(visitor.get_by_role("heading", name="Where you are signed in")).to_be_visible()
        assert User.objects.get(email=COLLEAGUE.lower()).has_usable_password()
        seen(visitor, "sessions")


class TestTheirOwnSignIn:
    @pytest.mark.parametrize(
        ("link", "name"),
        [
            ("Change your password", "change_password"),
            ("Move to another phone or app", "move"),
            ("See your recovery codes", "codes_again"),
            ("Make new recovery codes", "new_codes"),
            ("See the list", "where"),
        ],
    )
    def test_has_a_page_for_each_part(self, visitor: Page, ada, link, name):
        visitor.goto("/account/second-factor/")
        type_password(visitor, ada.email, PASSWORD)
        visitor.get_by_label("Code").fill(shown(good_for=8))
        press(visitor, "Sign in")
        expect(visitor.get_by_role("heading", name="Your sign-in")).to_be_visible()
        seen(visitor, "own")

        visitor.get_by_role("link", name=link).click()
        expect(visitor.get_by_role("heading", level=1)).to_be_visible()
        seen(visitor, name)

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("/account/reauthenticate/", "password_again"),
            ("/account/second-factor/again/", "code_again"),
            ("/account/logout/", "sign_out"),
        ],
    )
    def test_asks_again_and_signs_out_on_pages_of_their_own(
        self, visitor: Page, ada, address, name
    ):
        visitor.goto("/account/second-factor/")
        type_password(visitor, ada.email, PASSWORD)
        visitor.get_by_label("Code").fill(shown(good_for=8))
        press(visitor, "Sign in")

        visitor.goto(address)
        expect(visitor.get_by_role("heading", level=1)).to_be_visible()
        seen(visitor, name)


class TestAnyone:
    @pytest.mark.parametrize(
        ("address", "name"), [("/account/inactive/", "ended"), ("/account/signup/", "no_password")]
    )
    def test_reads_how_to_go_on_where_there_is_no_way_in(self, visitor: Page, address, name, db):
        visitor.goto(address)

        expect(visitor.get_by_role("heading", level=1)).to_be_visible()
        seen(visitor, name)
