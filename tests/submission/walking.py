"""Through the form page by page as a browser goes, and what stands on each page."""

import re
from datetime import date
from html import unescape

from django.test import Client
from pseudo_translation import all_texts

from intake.questionnaire.forms import PageForm
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import SetOutline
from intake.submission.models import Intake
from tests.submission.filling import page_of, typed
from tests.submission.places import at, list_a_medicine, page_at

SHORTEST = 12
"""Shorter texts ("Yes", "Light") may stand inside other words of a page."""


def words_on(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def english_on(page: str, question_set_id: int) -> list[str]:
    """Texts of the questions that stand on the page in their original words."""
    original = all_texts(QuestionSet.objects.get(pk=question_set_id))
    return [text for text in original.values() if len(text) >= SHORTEST and text in page]


def walk(client: Client, draft: Intake, whole: SetOutline, today: date) -> list[str]:
    """Fills in every page as a browser does; returns what was on each."""
    pages, answers = [], {}
    for section in whole.sections:
        address = page_at(draft, whole.asked_pages(section.code, answers, today)[0])
        while address != at("tasks", draft):
            page = page_of(address, whole)
            if page.listed:
                pages.append(words_on(client, f"{address}add/"))
                address = list_a_medicine(client, address)
                answers = Intake.objects.get(pk=draft.pk).answers
                continue
            pages.append(words_on(client, address))
            form = PageForm(page, answers, today)
            data = typed(form) | {"words": str(whole.translation_id or "")}
            response = client.post(address, data)
            assert response.status_code == 302, (address, response.content.decode()[:2000])
            address = response.url
            answers = Intake.objects.get(pk=draft.pk).answers
    return pages
