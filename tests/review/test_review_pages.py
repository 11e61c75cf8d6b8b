import pytest
from django.test import Client
from factories import make_clearance, make_patient, make_sent
from signing_in import BACKEND, client_of

from clinic.audit.models import Event
from intake.review.models import Clearance, Contact, Decision
from intake.review.services import Opinion, decide, open_form
from intake.screening.services import load_default as load_rules
from intake.submission.models import EmergencyEvent


@pytest.fixture
def signed_in(practitioner):
    """The practitioner, with the second factor shown in this session."""
    return client_of(practitioner.user)


def decision_for(sent, **changes) -> dict:
    return {
        "revision": sent.pk,
        "acupuncture": "suitable",
        "massage": "suitable_with_changes",
        "massage_precautions": "light pressure",
        "weeks": "6",
        "sessions": "6",
        "together": "on",
        "for_patient": "You can book both together.",
    } | changes


def codes(size: int) -> list[str]:
    """Codes of `size` rules, as they come in the published set."""
    return [rule.code for rule in load_rules().data().conditions[:size]]


class TestTheQueue:
    def test_shows_the_most_urgent_first_then_the_longest_waiting(
        self, signed_in, patient, other_patient
    ):
        third = make_patient("yuki@example.org", "Yuki Brandt")
        make_sent(other_patient)
        make_sent(third)
        make_sent(patient, flags={"heart_failure": "consult_first"})

        page = signed_in.get("/reviews/").content.decode()

        order = [page.index(name) for name in ("Rosa Okafor", "Tomas Silva", "Yuki Brandt")]
        assert order == sorted(order)

    def test_is_not_there_for_a_patient(self, client, account):
        client.force_login(account, backend=BACKEND)

        assert client.get("/reviews/").status_code == 404

    def test_asks_a_practitioner_for_the_second_factor_first(self, client, practitioner):
        client.force_login(practitioner.user, backend=BACKEND)

        answer = client.get("/reviews/")

        assert answer.status_code == 302
        assert answer["Location"] == "/account/second-factor/app/?next=/reviews/"

    def test_asks_as_many_queries_with_one_row_as_with_thirty(
        self, signed_in, patient, django_assert_max_num_queries
    ):
        make_sent(patient)
        signed_in.get("/reviews/")
        with django_assert_max_num_queries(15) as one:
            signed_in.get("/reviews/")
        for _ in range(29):
            make_sent(patient)
        with django_assert_max_num_queries(15) as many:
            signed_in.get("/reviews/")

        assert len(many.captured_queries) == len(one.captured_queries)


class TestACase:
    def test_shows_the_patients_own_words_and_leaves_a_trace(self, signed_in, patient):
        revision = make_sent(patient, flags={"diabetes": "caution"})

        page = signed_in.get(f"/reviews/{revision.intake.reference}/").content.decode()

        assert "My shoulder has been stiff since the summer." in page
        assert "Diabetes" in page
        assert Event.objects.about(patient).readings().count() == 1

    def test_takes_the_same_queries_with_one_flag_and_decision_as_with_thirty(
        self, signed_in, patient, other_patient, practitioner, django_assert_max_num_queries
    ):
        counts = []
        for someone, size in ((patient, 1), (other_patient, 30)):
            revision = make_sent(someone, flags=dict.fromkeys(codes(size), "caution"))
            address = f"/reviews/{revision.intake.reference}/"
            signed_in.get(address)
            for _ in range(size):
                opinion = Opinion("massage", "suitable")
                decide(revision=revision, opinions=[opinion], by=practitioner.user)
            with django_assert_max_num_queries(15) as found:
                signed_in.get(address)
            counts.append(len(found.captured_queries))

        assert counts[0] == counts[1]

    def test_of_an_unknown_reference_is_not_found(self, signed_in):
        assert signed_in.get("/reviews/T-2222-3333/").status_code == 404


class TestDecidingOnThePage:
    def test_stores_the_decision_and_clears_both(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)

        answer = signed_in.post(f"{address}decide/", decision_for(revision))

        assert answer.status_code == 302
        assert Clearance.objects.get().together
        assert Decision.objects.get().for_patient == "You can book both together."

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"massage_precautions": ""}, "Name the changes, one a line."),
            ({"acupuncture": "not_now"}, "Write why this is not suitable now."),
            ({"acupuncture": "not_now"}, "Choose what happens next for the patient."),
            ({"acupuncture": "not_now", "acupuncture_next_step": "x"}, "Select a valid choice"),
            ({"acupuncture": ""}, "Choose whether acupuncture is suitable."),
            ({"acupuncture": "yes please"}, "Select a valid choice"),
            ({"for_patient": ""}, "Write what the patient will read, with the next step."),
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

    @pytest.mark.parametrize("forged", ["", "abc", "999999999", "9" * 40, "-1"])
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
        assert "Choose “not now”." in answer.content.decode()
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

        form = decision_for(revision, **{f"flag_{flag}": "confirmed_with_doctor"})
        answer = signed_in.post(f"{address}decide/", form)

        assert answer.status_code == 302
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

    def test_of_a_form_without_one_is_not_found(self, signed_in, patient):
        intake = make_sent(patient).intake

        assert signed_in.get(f"/reviews/{intake.reference}/urgent/").status_code == 404


class TestTheNews:
    def test_shows_the_patient_what_was_written_for_them(self, signed_in, patient):
        revision = make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        signed_in.get(address)
        not_now = {
            "acupuncture": "not_now",
            "acupuncture_reason": "clinical reason for staff",
            "acupuncture_next_step": "see_doctor",
        }
        words = {"for_patient": "Please see your doctor first. Then write to us."}
        signed_in.post(f"{address}decide/", decision_for(revision, **not_now, **words))
        client = Client()
        client.force_login(patient.account, backend=BACKEND)

        page = client.get(f"/me/news/{revision.intake.reference}/").content.decode()

        assert "Please see your doctor first." in page
        assert "clinical reason for staff" not in page

    def test_shows_only_the_verdict_that_counts(self, patient, masseur, practitioner):
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=masseur.user)
        decide(revision=revision, opinions=[Opinion("massage", "suitable")], by=masseur.user)
        no = [Opinion(t, "not_now", next_step="see_doctor") for t in ("acupuncture", "massage")]
        decide(revision=revision, opinions=no, by=practitioner.user)
        client = Client()
        client.force_login(patient.account, backend=BACKEND)

        page = client.get(f"/me/news/{revision.intake.reference}/").content.decode()

        assert "you can book this" not in page
        assert "Choose a time" not in page

    def test_takes_the_same_queries_with_one_decision_as_with_thirty(
        self, patient, other_patient, practitioner, django_assert_max_num_queries
    ):
        counts = []
        for someone, size in ((patient, 1), (other_patient, 30)):
            revision = make_sent(someone)
            open_form(intake=revision.intake, by=practitioner.user)
            for _ in range(size):
                opinion = Opinion("massage", "suitable")
                decide(revision=revision, opinions=[opinion], by=practitioner.user)
            opinion = Opinion("acupuncture", "suitable")
            decide(revision=revision, opinions=[opinion], by=practitioner.user)
            client = Client()
            client.force_login(someone.account, backend=BACKEND)
            client.get(f"/me/news/{revision.intake.reference}/")
            with django_assert_max_num_queries(15) as found:
                client.get(f"/me/news/{revision.intake.reference}/")
            counts.append(len(found.captured_queries))

        assert counts[0] == counts[1]

    def test_of_someone_else_is_not_found(self, patient, other_patient, practitioner, client):
        make_clearance(patient, practitioner)
        reference = patient.intakes.get().reference
        client.force_login(other_patient.account, backend=BACKEND)

        assert client.get(f"/me/news/{reference}/").status_code == 404
