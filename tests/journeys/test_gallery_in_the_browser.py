"""Every component with easy and hard data: by day and night, on the narrowest phone, with axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from steps import WCAG, arrive_as

TWICE = {"duplicate-id-aria"}
"""One page shows a component several times; on a real page each stands once."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_components_can_be_read_by_everyone(browser, live_server, practitioner, scheme):
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    arrive_as(page, practitioner.user, live_server)
    page.goto("/gallery/")

    assert page.locator(".sample").count() > 50
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["id"] not in TWICE] == []
    context.close()
