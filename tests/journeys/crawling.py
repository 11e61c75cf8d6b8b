"""Pages found by following their own links, and what stands in anyone's way on them."""

from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from steps import barriers_on

KindOf = Callable[[str], str]
"""Address -> what kind of page it is; one of each kind is looked at, and none of the kind ""."""


SQUEEZED = """() => [...document.querySelectorAll("label, p, li, dt, dd, a, legend, h1, h2, h3")]
  .filter(it => it.checkVisibility() && it.textContent.trim().length > 12)
  .filter(it => { const box = it.getBoundingClientRect();
                  return box.width > 1 && box.width < 32 && box.height > 3 * box.width; })
  .map(it => `one letter on a line: ${it.textContent.trim()}`)"""


def barriers(page: Page, width: int) -> list[object]:
    """By WCAG 2.2 AA as far as a machine can tell, scrolling sideways, and squeezed words."""
    seen: list[object] = [(each["id"], each["nodes"][0]["html"]) for each in barriers_on(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return seen + page.evaluate(SQUEEZED) + ([f"{wide} px wide"] if wide > width else [])


def sort_of(path: str) -> str:
    """The name of its route; "" where there is none."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def links_of(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    whole = [urljoin(page.url, each) for each in found if not each.startswith(("tel:", "#"))]
    here = [urlsplit(each) for each in whole if urlsplit(each).netloc == urlsplit(page.url).netloc]
    return [each.path + (f"?{each.query}" if each.query else "") for each in here]


def everything_from(
    page: Page, starts: Iterable[str], width: int, kind_of: KindOf
) -> tuple[dict[str, list], Counter]:
    """Address -> what stands in the way there, and how many pages of each sort were seen."""
    found, kinds, sorts, waiting = {}, set(), Counter(), list(starts)
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if not kind or kind in kinds:
            continue
        kinds.add(kind)
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        sorts[sort_of(path)] += 1
        if problems := barriers(page, width):
            found[path] = problems
        waiting += links_of(page)
    return found, sorts
