"""Day and night: as the device says until the person chooses, and no typed word is lost by it."""

import pytest
from django.urls import reverse
from signing_in import client_of

from intake.questionnaire.services import load_default
from intake.submission.models import Intake

NIGHT_SHEET = 'dark.css" media="'


@pytest.mark.django_db
class TestColoursOfThePage:
    def test_are_those_of_the_device_at_first(self, client):
        page = client.get("/").content.decode()

        assert NIGHT_SHEET + "screen and (prefers-color-scheme: dark)" in page
        assert 'content="light dark"' in page

    @pytest.mark.parametrize(
        ("chosen", "sheet", "scheme"), [("day", None, "light"), ("night", "screen", "dark")]
    )
    def test_are_those_the_person_chose_on_every_page(self, client, chosen, sheet, scheme):
        answer = client.post(reverse("look"), {"look": chosen, "next": "/start/"})
        page = client.get("/account/code/").content.decode()

        assert answer["Location"] == "/start/"
        assert f'content="{scheme}"' in page
        assert ((NIGHT_SHEET + sheet + '"') in page) if sheet else ("dark.css" not in page)

    def test_go_back_to_those_of_the_device(self, client):
        client.post(reverse("look"), {"look": "night"})
        client.post(reverse("look"), {"look": ""})

        assert "prefers-color-scheme" in client.get("/").content.decode()

    @pytest.mark.parametrize(
        "there", ["https://elsewhere.example/", "//elsewhere.example", "", "\0"]
    )
    def test_never_lead_to_another_site(self, client, there):
        assert client.post(reverse("look"), {"look": "night", "next": there})["Location"] == "/"

    def test_stay_as_they_are_when_the_choice_is_none_of_ours(self, client):
        answer = client.post(reverse("look"), {"look": "<b>", "next": "/"})

        assert answer.cookies == {}

    def test_cannot_be_changed_where_typed_words_would_be_lost(self, patient, a_draft):
        page = client_of(patient.account).get(
            reverse("submission:page", args=[a_draft.reference, "about_you", 1])
        )

        assert b"as on my device" not in page.content


@pytest.fixture
def a_draft(patient):
    return Intake.objects.create(patient=patient, question_set=load_default())
