"""Every page of the review room, by day and night, from a laptop to a narrow phone and at twice
the size: axe finds nothing, and nothing scrolls sideways. The pages are found by their links."""

from collections.abc import Iterator

import pytest
from crawling import barriers, everything_from, sort_of
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from playwright.sync_api import Page, expect
from review_room import LONG, fill_the_room, kind_of
from signing_in import client_of
from steps import arrive_as, picture, press

from clinic.people.models import User
from intake.referral.models import Letter
from intake.review.models import Decision
from intake.submission.models import Intake

WIDTHS = {1280: 720, 768: 1024, 640: 400, 320: 640}
"""A laptop, a tablet, a laptop at twice the size, a narrow phone; with their heights."""
ALWAYS = {("light", 1280), ("dark", 640)}
OF_THE_ROOM = ("reviews/", "referrals/")
ONLY_WHERE_WRONG = {"review:decide", "review:note", "review:ask_colleague"}
"""Pages that nobody is led to: they come when something sent has to be put right."""
ONLY_FOR_SCRIPTS = {"review:arrivals"}
SEARCHES = ("q=osei", "q=nobody", "wants=massage", "level=stop&tab=all", "held=me", "held=nobody")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [
    pytest.param(
        (scheme, width),
        id=f"{scheme}_{width}",
        marks=[] if (scheme, width) in ALWAYS else [pytest.mark.long],
    )
    for scheme in ("light", "dark")
    for width in WIDTHS
]


@pytest.fixture(params=LOOKS)
def look(request) -> tuple[str, int]:
    return request.param


@pytest.fixture
def special(db) -> dict[str, Intake]:
    return fill_the_room()


@pytest.fixture
def page(browser, live_server, look, special) -> Iterator[Page]:
    """Mei Lindqvist, who is registered in both therapies."""
    scheme, width = look
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,
    )
    page = context.new_page()
    arrive_as(page, User.objects.get(email="mei@example.org"), live_server)
    yield page
    context.close()


def pages_of_the_room(client: Client) -> set[str]:
    """The names of its routes that show something when one goes there."""
    form = Decision.objects.order_by("pk").first().revision.intake.reference
    arguments = {"reference": form, "number": 1, "pk": Decision.objects.order_by("pk").first().pk}
    letter = {"reference": Letter.objects.first().reference}
    found = set()
    for room in get_resolver().url_patterns:
        if not isinstance(room, URLResolver) or room.namespace not in ("review", "referral"):
            continue
        for route in room.url_patterns:
            name = f"{room.namespace}:{route.name}"
            is_letter = room.namespace == "referral" and route.name != "of_form"
            known = letter if is_letter else arguments
            if not str(route.pattern).startswith(OF_THE_ROOM):
                continue
            asked = {each: known[each] for each in route.pattern.converters}
            if client.get(reverse(name, kwargs=asked)).status_code != 405:
                found.add(name)
    return found


def test_found_by_their_links(page, look, special):
    starts = ["/home/", "/reviews/", *(f"/reviews/?{each}" for each in SEARCHES)]
    cases = [f"/reviews/{intake.reference}/" for intake in special.values()]

    found, sorts = everything_from(page, [*starts, *cases], look[1], kind_of(special))

    assert found == {}, found
    mei = client_of(User.objects.get(email="mei@example.org"))
    assert set(sorts) == (pages_of_the_room(mei) - ONLY_WHERE_WRONG - ONLY_FOR_SCRIPTS | {"home"})
    assert sorts["review:case"] >= len(special) + 6


def test_where_something_has_to_be_put_right(page, look, special):
    """(the page, what is typed there, the button) -> the page that comes then."""
    free = special["a colleague decided"].reference
    case, long = f"/reviews/{free}/", {"note": "x" * 4001}
    letter = Letter.objects.filter(sent_at=None).first().reference
    waits = f"/reviews/{special['questions wait'].reference}/"
    held = page_with(page, "/reviews/", "/rules/")
    urgent = page_with(page, "/reviews/", "/urgent/")
    wrong = [
        (case, {}, "Save the decision"),
        (case, {"private_text": "x" * 4001}, "Save the note"),
        (waits, {"text": "x" * 4001}, "Save the note"),
        (f"{case}ask/", {}, "Send the questions"),
        (f"{case}hand-over/", {}, "Hand it over"),
        (f"{case}put-back/", long, "Put it back"),
        ("/reviews/away/", {}, "Hand them all over"),
        (held, {}, "Keep the decision"),
        (urgent, {}, "Note it"),
        (f"/referrals/{letter}/edit/", {"to_name": "", "body": ""}, "Save and see the letter"),
        (f"/referrals/{letter}/", {}, "Note that it is sent"),
    ]
    found, sorts = {}, set()

    def look_at(address: str, button: str) -> None:
        expect(page.locator(".error-summary")).to_have_count(1)
        sort = sort_of(page.url.removeprefix(origin(page)))
        picture(page, f"wrong_{sort}")
        sorts.add(sort)
        if problems := barriers(page, look[1]):
            found[address, button] = problems

    for address, typed, button in wrong:
        page.goto(address)
        for name, words in typed.items():
            box = page.locator(f'[name="{name}"]')
            box.evaluate("each => each.removeAttribute('maxlength')")
            box.fill(words)
        press(page, button)
        look_at(address, button)
    page.goto(case)
    ask_a_colleague(page, LONG * 100)
    look_at(case, "Ask them")

    assert found == {}, found
    assert sorts >= ONLY_WHERE_WRONG


def test_words_beside_which_an_error_leaves_no_room_would_be_seen(page, look, special):
    page.goto(f"/reviews/{special['a colleague decided'].reference}/")
    press(page, "Save the decision")
    expect(page.locator(".error-summary")).to_have_count(1)
    assert barriers(page, look[1]) == []

    page.eval_on_selector_all(".form-check", "all => all.map(it => it.style.flexWrap = 'nowrap')")

    assert any("one letter on a line" in each for each in barriers(page, look[1]))


def test_what_the_patient_will_read_and_a_hidden_screen(page, look, special):
    page.goto(f"/reviews/{special['a colleague decided'].reference}/?others=show")
    page.locator('[name="acupuncture"][value="left_open"]').check()
    page.locator('[name="massage"][value="suitable"]').check()
    page.locator('[name="for_patient"]').fill(LONG * 4)
    press(page, "Show what the patient will read")
    expect(page.get_by_role("heading", name="What the patient will read")).to_be_visible()
    assert barriers(page, look[1]) == []

    press(page, "Hide screen")
    expect(page.get_by_role("heading", name="This screen is hidden")).to_be_visible()
    assert barriers(page, look[1]) == []


def ask_a_colleague(page: Page, question: str) -> None:
    asking = page.locator("details", has_text="Ask a colleague about").first
    asking.locator("summary").click()
    asking.get_by_label("Who").select_option(index=1)
    asking.get_by_label("What would you like to know?").fill(question)
    asking.get_by_role("button", name="Ask them").click()


def page_with(page: Page, start: str, ending: str) -> str:
    """Where the first link that ends like this leads."""
    page.goto(start)
    return page.locator(f'main a[href$="{ending}"]').first.get_attribute("href")


def origin(page: Page) -> str:
    return page.evaluate("location.origin")
