"""The page of one urgent alert."""

import pytest
from factories import make_sent

from intake.review.models import Contact
from intake.submission.models import EmergencyEvent


class TestAnAlert:
    @pytest.fixture
    def alarmed(self, patient):
        intake = make_sent(patient).intake
        event = EmergencyEvent.objects.create(
            intake=intake, codes=["em_stroke"], message="M6", happened="shown"
        )
        return f"/reviews/{intake.reference}/urgent/", event

    def test_stands_on_top_of_the_queue_until_it_is_noted(self, signed_in, alarmed):
        address, event = alarmed
        assert "Call now: 1 urgent" in signed_in.get("/reviews/").content.decode()

        page = signed_in.get(address).content.decode()
        noted = {
            "seen": event.pk,
            "outcome": "resolved",
            "spoke_with": "the patient",
            "found": "Seen by a doctor.",
        }
        signed_in.post(address, noted)

        assert "has one side of your face dropped" in page
        assert "Call now" not in signed_in.get("/reviews/").content.decode()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"outcome": ""}, "Choose what happened."),
            ({"outcome": "x"}, "Select a valid choice"),
            ({"found": ""}, "Write what you found"),
            ({"found": "a\x00b"}, "Null characters are not allowed."),
            ({"found": "x" * 5000}, "at most 4000 characters"),
            ({"spoke_with": "x" * 300}, "at most 200 characters"),
            ({"spoke_with": ""}, "Write who you spoke with."),
        ],
    )
    def test_says_what_to_put_right(self, signed_in, alarmed, change, sentence):
        address, event = alarmed

        answer = signed_in.post(
            address,
            {"seen": event.pk, "outcome": "resolved", "spoke_with": "x", "found": "x"} | change,
        )

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Contact.objects.exists()

    @pytest.mark.parametrize("seen", ["", "999999999"])
    def test_noted_for_an_event_that_is_not_there_still_waits(self, signed_in, alarmed, seen):
        signed_in.post(
            alarmed[0], {"seen": seen, "outcome": "resolved", "spoke_with": "x", "found": "x"}
        )

        assert "Call now: 1 urgent" in signed_in.get("/reviews/").content.decode()

    def test_says_how_to_speak_to_them_and_where_they_live(self, signed_in, patient):
        said = {
            "phone": "020 7946 0958",
            "voicemail": "no",
            "language": "Español",
            "address": "4 Orchard Row",
            "helper_name": "Rosa Lind",
            "help_needed": "",
        }
        intake = make_sent(patient, answers=said).intake
        EmergencyEvent.objects.create(
            intake=intake, codes=["em_stroke"], message="M6", happened="shown"
        )

        page = signed_in.get(f"/reviews/{intake.reference}/urgent/").content.decode()

        assert "<dt>May we leave a message</dt><dd>No</dd>" in page
        assert "<dt>Language they like to speak in</dt><dd>Español</dd>" in page
        assert "<dt>Where they live</dt><dd>4 Orchard Row</dd>" in page
        assert "<dt>Helped to fill it in, or did</dt><dd>Rosa Lind</dd>" in page
        assert "Help they asked for" not in page

    def test_of_a_form_without_one_is_not_found(self, signed_in, patient):
        intake = make_sent(patient).intake

        assert signed_in.get(f"/reviews/{intake.reference}/urgent/").status_code == 404
