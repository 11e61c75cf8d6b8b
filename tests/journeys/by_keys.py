"""Going through a page with the keys alone."""

from playwright.sync_api import Page, expect

HERE = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  return {name: it.name || "", value: it.value || "", type: it.type || it.tagName,
          text: it.textContent.trim(), seen: box.width > 0 && box.height > 0,
          ring: getComputedStyle(it).outlineStyle !== "none",
          covered: [...document.querySelectorAll("body *")].some(bar => {
            if (!["sticky", "fixed"].includes(getComputedStyle(bar).position)) return false;
            if (bar.contains(it) || it.contains(bar)) return false;
            const over = bar.getBoundingClientRect();
            return over.left < box.right && over.right > box.left
              && over.top < box.bottom && over.bottom > box.top; }),
          inside: box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth};
}"""
"""What has the focus. `covered`: what stays in place while the page moves lies over it."""


def go_to(page: Page, wanted) -> dict:
    """Tab by Tab, as a person would; whatever has the focus on the way is seen, ringed and not
    covered (WCAG 2.4.7 and 2.4.11)."""
    for _ in range(250):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["type"] != "BODY":
            if not here["inside"]:  # the page still glides there
                expect(page.locator(":focus")).to_be_in_viewport()
            assert not page.evaluate(HERE)["covered"], here
        if wanted(here):
            assert here["seen"] and here["ring"], here
            return here
    raise AssertionError(f"no Tab leads there on {page.url}")


def type_by_keys(page: Page, name: str, value: object) -> None:
    here = go_to(page, lambda at: at["name"] == name)
    if here["type"] == "radio":
        for _ in range(20):
            if page.evaluate(HERE)["value"] == value:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
    elif here["type"] == "checkbox":
        for each in value if isinstance(value, list) else [value]:
            if isinstance(value, list) and page.evaluate(HERE)["value"] != each:
                go_to(page, lambda at, each=each: (at["name"], at["value"]) == (name, each))
            page.keyboard.press("Space")
    else:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(str(value))


def press_by_keys(page: Page, words: str) -> None:
    go_to(page, lambda at: at["text"].startswith(words))
    with page.expect_navigation():
        page.keyboard.press("Enter")
