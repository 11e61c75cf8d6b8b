"""What every journey does: press, look, and check that nothing stands in anyone's way."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = os.environ.get("TANDEM_PICTURES")
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
WIDTHS = {"phone": 390, "laptop": 1280}


def picture(page: Page, name: str) -> None:
    """Keeps what the page looks like, for a person to look at, when TANDEM_PICTURES says where."""
    if not PICTURES:
        return
    for device, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.screenshot(path=Path(PICTURES) / f"{name}_{device}.png", full_page=True)
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def nothing_in_the_way(page: Page) -> None:
    """What a machine can tell about barriers, by WCAG 2.2 AA. It needs scripts itself."""
    if not page.scripts_run:
        return
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not [(each["id"], [node["html"] for node in each["nodes"]]) for each in found], page.url


def no_sideways_scrolling(page: Page) -> None:
    body = page.locator("body").bounding_box()
    assert body and body["width"] <= WIDTHS["phone"], page.url
    main = page.locator("main").bounding_box()
    assert main and main["x"] + main["width"] <= WIDTHS["phone"], page.url
