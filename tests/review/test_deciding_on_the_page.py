"""Deciding on the page of a case: what it asks for, what it refuses, and what it keeps."""

import pytest
from decision_forms import decision_for, gone_out
from factories import make_sent
from signing_in import client_of

from intake.review.models import Clearance, Decision
from intake.submission.models import EmergencyEvent


class TestDecidingOnThePage:
    def test_stores_the_decision_and_clears_both(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(f"{address}decide/", decision_for(revision))

        assert answer.status_code == 302
        assert not Clearance.objects.exists()
        assert gone_out() == 1
        assert Clearance.objects.get().together
        assert Decision.objects.get().for_patient == "You can book both together."

    def test_says_which_therapy_a_colleague_decides_on(self, patient, masseur, signed_in):
        address = f"/reviews/{make_sent(patient).intake.reference}/"
        sentence = "Acupuncture is decided by a colleague who is registered in it."

        signed_in.get(address)
        mine = client_of(masseur.user).get(address).content.decode()

        assert sentence in mine
        assert sentence not in signed_in.get(address).content.decode()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"massage_precautions": ""}, "Tick the changes, or write them one a line."),
            ({"acupuncture": "not_now"}, "Write why this is not suitable now."),
            ({"acupuncture": "not_now"}, "Choose what happens next for the patient."),
            ({"acupuncture": "not_now", "acupuncture_next_step": "x"}, "Select a valid choice"),
            ({"acupuncture": ""}, "Choose whether acupuncture is suitable."),
            ({"acupuncture": "yes please"}, "Select a valid choice"),
            ({"for_patient": "a\x00b"}, "Null characters are not allowed."),
            ({"sessions": "9999"}, "less than or equal to 24"),
            ({"for_patient": "x" * 5000}, "at most 4000 characters"),
        ],
    )
    def test_says_what_to_put_right_and_stores_nothing(self, signed_in, patient, change, sentence):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(f"{address}decide/", decision_for(revision, **change))

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("forged", ["abc", "999999999", "9" * 40, "-1"])
    def test_on_a_forged_revision_stores_nothing(self, signed_in, patient, forged):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        assert (
            signed_in.post(f"{address}decide/", decision_for(revision, revision=forged)).status_code
            == 302
        )
        assert not Decision.objects.exists()

    def test_on_another_patients_revision_stores_nothing(self, signed_in, patient, other_patient):
        mine, theirs = make_sent(patient), make_sent(other_patient)
        signed_in.get(f"/reviews/{mine.intake.reference}/")

        signed_in.post(f"/reviews/{mine.intake.reference}/decide/", decision_for(theirs))

        assert not Decision.objects.exists()


class TestAStopFlag:
    def test_needs_its_own_answer_on_the_page(self, signed_in, patient):
        revision = make_sent(patient, flags={"heart_failure": "consult_first"})
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(f"{address}decide/", decision_for(revision))

        assert answer.status_code == 422
        assert "Choose what you did about: Heart failure." in answer.content.decode()

    def test_that_rules_a_therapy_out_says_which_choice_is_left(self, signed_in, patient):
        revision = make_sent(patient, flags={"dvt_current": "contraindicated"})
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(f"{address}decide/", decision_for(revision))

        assert answer.status_code == 422
        assert (
            "Name a colleague who looks at it too, or choose “not now”." in answer.content.decode()
        )
        assert not Decision.objects.exists()


class TestWhatThePageAsksFor:
    def test_an_urgent_answer_resolved_by_phone_can_be_answered_and_cleared(
        self, signed_in, patient
    ):
        revision = make_sent(patient, flags={"em_stroke": "emergency"})
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)
        EmergencyEvent.objects.create(
            intake=revision.intake, codes=["em_stroke"], message="M6", happened="shown"
        )
        noted = {"outcome": "resolved", "spoke_with": "the patient", "found": "Over and checked."}
        signed_in.post(f"{address}urgent/", noted | {"seen": EmergencyEvent.objects.get().pk})
        flag = revision.flags.get().pk
        assert f'name="flag_{flag}"' in signed_in.get(address).content.decode()

        said = {f"flag_{flag}": "resolved_after_contact", f"flag_{flag}_text": "It was a cramp."}
        form = decision_for(revision, **said)
        answer = signed_in.post(f"{address}decide/", form)

        assert answer.status_code == 302
        assert not Clearance.objects.exists()
        assert gone_out() == 1
        assert Clearance.objects.get().together

    def test_suitable_beside_a_check_flag_needs_a_line_why(self, signed_in, patient):
        revision = make_sent(patient, flags={"anticoagulant_use": "caution"})
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(f"{address}decide/", decision_for(revision))

        assert answer.status_code == 422
        assert "why nothing needs to change for: Takes a blood thinner" in answer.content.decode()

    def test_only_what_the_patient_wants_is_decided(self, signed_in, patient):
        revision = make_sent(patient, wants=("massage",))
        address = f"/reviews/{revision.intake.reference}/"

        page = signed_in.get(address).content.decode()
        signed_in.post(f"{address}decide/", decision_for(revision))

        gone_out()
        assert "Is acupuncture suitable?" not in page
        assert [t.therapy for t in Clearance.objects.get().therapies.all()] == ["massage"]

    def test_proposes_terms_by_what_was_found(self, signed_in, patient):
        revision = make_sent(patient, flags={"pregnancy_t2_t3": "caution"})

        form = signed_in.get(f"/reviews/{revision.intake.reference}/").context["form"]

        assert (form["weeks"].value(), form["sessions"].value()) == (4, 1)
        assert not form["together"].value()

    def test_a_form_that_moved_on_meanwhile_keeps_what_was_typed(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)
        signed_in.post(f"{address}step/", {"name": "ask"})

        page = signed_in.post(f"{address}decide/", decision_for(revision)).content.decode()

        assert "waiting for the patient" in page
        assert "You can book both together." in page


class TestAStepOnThePage:
    def test_takes_the_form_where_it_says(self, signed_in, patient):
        intake = make_sent(patient).intake
        signed_in.get(f"/reviews/{intake.reference}/")

        answer = signed_in.post(f"/reviews/{intake.reference}/step/", {"name": "put_back"})

        intake.refresh_from_db()
        assert (answer.url, intake.state) == ("/reviews/", "submitted")

    @pytest.mark.parametrize("name", ["", "decide", "a\x00b", "x" * 9000])
    def test_that_does_not_exist_changes_nothing(self, signed_in, patient, name):
        intake = make_sent(patient).intake
        signed_in.get(f"/reviews/{intake.reference}/")

        answer = signed_in.post(f"/reviews/{intake.reference}/step/", {"name": name}, follow=True)

        assert "Nothing was changed." in answer.content.decode()
