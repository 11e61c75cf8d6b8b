"""The pages of a patient as they come out in Spanish, with no English text of the site on them."""

import html
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from route_table import TABLE

from tests.languages.catalogue import entries

ROOT = Path(__file__).parents[2]
ERROR_PAGES = ("400.html", "403.html", "404.html", "429.html", "500.html")
PATIENTS = [name for name, who in TABLE.items() if "patient" in who and name != "account_login"]


def english_texts() -> list[str]:
    """Texts of several words, in pieces where something is filled in."""
    said = entries(ROOT / "clinic/locale/es/LC_MESSAGES/django.po")
    found: set[str] = set()
    for (_, text), each in said.items():
        if text not in each.translations:
            found |= {piece.strip() for piece in re.split(r"%\(\w+\)s|\{\w+\}|<[^>]+>", text)}
    return [text for text in found if text.count(" ") >= 2]


ENGLISH = english_texts()


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def is_spanish(page: str) -> bool:
    return '<html lang="es" dir="ltr">' in page


@pytest.fixture
def reader(people) -> Client:
    people["patient"].cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    return people["patient"]


def test_of_every_route_hold_no_english_text(reader, addresses):
    pages = {name: reader.get(addresses[name]) for name in PATIENTS}
    shown = {
        name: page.content.decode()
        for name, page in pages.items()
        if page.status_code == 200 and page["Content-Type"].startswith("text/html")
    }
    spanish = {name: words_of(page) for name, page in shown.items() if is_spanish(page)}

    assert len(spanish) > 15
    assert {
        name: found
        for name, words in spanish.items()
        if (found := [text for text in ENGLISH if text in words])
    } == {}
    assert not [name for name, words in spanish.items() if "%(" in words]


def test_of_someone_who_comes_to_the_door_hold_none_either(db):
    stranger = Client(HTTP_ACCEPT_LANGUAGE="es")
    for name in ("landing", "submission:start", "account_request_login_code", "account_signup"):
        page = stranger.get(reverse(name)).content.decode()

        assert is_spanish(page), name
        assert [text for text in ENGLISH if text in words_of(page)] == []


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_that_say_what_went_wrong_need_neither_request_nor_database(template):
    with override("es"):
        page = render_to_string(template)

    assert is_spanish(page)
    assert [text for text in ENGLISH if text in words_of(page)] == []


def test_that_are_not_there_say_so_in_the_language_of_the_person(reader):
    page = reader.get("/nowhere/")

    assert page.status_code == 404
    assert "No encontramos esta página" in page.content.decode()


def test_of_a_form_left_open_too_long_are_spanish_too(account):
    careful = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="es")
    page = careful.post("/account/code/", {"email": account.email})

    assert page.status_code == 403
    assert "Esta página estuvo abierta demasiado tiempo" in page.content.decode()
