"""Private notes: one for each person and case, kept as they type, read by nobody else."""

import pytest
from decision_forms import decision_for
from factories import make_sent
from signing_in import client_of

from clinic.audit.models import Event
from intake.review.models import Decision, PrivateNote
from intake.review.private_notes import note_of
from tests.refusals import run

WORDS = "Ask about the fall in March."


@pytest.fixture
def intake(patient):
    return make_sent(patient).intake


@pytest.fixture
def address(intake) -> str:
    return f"/reviews/{intake.reference}/note/"


class TestAPrivateNote:
    def test_is_saved_by_its_button_and_stands_on_the_case(self, signed_in, intake, address):
        answer = signed_in.post(address, {"text": WORDS}, follow=True)

        assert "Your private note is saved" in answer.content.decode()
        assert f">{WORDS}</textarea>" in answer.content.decode()

    def test_is_saved_quietly_with_the_time(self, signed_in, address, intake, practitioner):
        answer = signed_in.post(address, {"text": WORDS}, headers={"Accept": "application/json"})

        assert set(answer.json()) == {"saved"}
        assert note_of(intake, practitioner.user) == WORDS

    def test_is_seen_by_nobody_else(self, signed_in, masseur, intake, address):
        signed_in.post(address, {"text": WORDS})
        other = client_of(masseur.user)

        assert WORDS not in other.get(f"/reviews/{intake.reference}/").content.decode()
        assert WORDS not in other.get(address).content.decode()
        assert note_of(intake, masseur.user) == ""

    def test_replaces_what_stood_there_and_leaves_a_trace_of_each_change(self, signed_in, address):
        for text in ("one", "two", "two"):
            signed_in.post(address, {"text": text})

        assert PrivateNote.objects.get().text == "two"
        assert Event.objects.filter(action="note_saved").count() == 2

    def test_is_stored_encrypted(self, signed_in, address):
        signed_in.post(address, {"text": WORDS})

        stored = bytes(run("SELECT text FROM review_privatenote")[0])
        assert WORDS.encode() not in stored

    def test_that_is_too_long_loses_no_word(self, signed_in, address):
        answer = signed_in.post(address, {"text": "y" * 4001})

        assert answer.status_code == 422
        assert "y" * 4001 in answer.content.decode()
        quiet = signed_in.post(
            address, {"text": "y" * 4001}, headers={"Accept": "application/json"}
        )
        assert (quiet.status_code, quiet.json()) == (422, {"saved": ""})

    def test_stands_beside_the_note_for_colleagues_which_begins_empty(self, signed_in, address):
        signed_in.post(address, {"text": WORDS})

        page = signed_in.get(address.removesuffix("note/"))

        assert not page.context["form"]["note"].value()
        beside = page.content.decode().partition('id="id_note"')[2].partition("<button")[0]
        assert "Your private note stays with you alone." in beside
        assert WORDS in beside

    def test_reaches_no_decision_and_stays_when_one_is_stored(
        self, signed_in, address, intake, practitioner
    ):
        signed_in.post(address, {"text": WORDS})
        signed_in.get(address.removesuffix("note/"))

        typed = decision_for(intake.revisions.get(), note="The knee first.")
        signed_in.post(address.replace("note/", "decide/"), typed)

        assert Decision.objects.get().note == "The knee first."
        assert note_of(intake, practitioner.user) == WORDS
        page = signed_in.get(address.removesuffix("note/")).content.decode()
        assert f">{WORDS}</textarea>" in page

    def test_leaves_no_trace_where_nothing_is_noted(self, signed_in, address):
        page = signed_in.get(address.removesuffix("note/")).content.decode()

        assert "Your private note stays" not in page
