"""When nothing else works: the page that needs no database, and what stands where it fails."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from real_site import NO_DATABASE, real_site

PAGE = Path(__file__).parents[2] / "static/get-help.html"


@pytest.fixture(scope="module")
def site_without_a_database(tmp_path_factory):
    with real_site(tmp_path_factory.mktemp("site"), NO_DATABASE) as address:
        yield address


def read(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as answer:
        return answer.code, answer.read().decode()


def test_the_page_is_there_without_a_database(site_without_a_database):
    status, page = read(f"{site_without_a_database}/static/get-help.html")

    assert status == 200
    assert "Call your local emergency number now" in page
    assert "Llame ahora al número de emergencias" in page


def test_every_other_page_says_so_in_words_and_leads_to_it(site_without_a_database):
    status, page = read(f"{site_without_a_database}/start/")

    assert status == 500
    assert "Something went wrong on our side" in page
    assert 'href="/static/get-help.html"' in page


def test_what_the_error_page_needs_is_there_too(site_without_a_database):
    _, page = read(f"{site_without_a_database}/start/")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)

    assert sheets
    assert [read(site_without_a_database + sheet)[0] for sheet in sheets] == [200] * len(sheets)


def test_it_needs_nothing_from_anywhere():
    wanted: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag in ("script", "img", "link", "iframe"):
                wanted.append(tag)
            wanted.extend(v for k, v in attributes if k == "href" and "://" in v)

    Reader().feed(PAGE.read_text(encoding="utf-8"))

    assert wanted == []
