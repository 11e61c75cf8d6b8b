"""A letter from the first draft to the reply: who may, what it says, and what stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_clearance, make_sent

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible, NotAllowed
from intake.referral import services
from intake.referral.models import Letter
from intake.referral.services import NobodyToWriteTo, NoPermission
from intake.review.services import open_form

WORDS = {"to_name": "Dr Anand", "to_place": "Mill Street", "urgency": "C", "body": "Dear Dr Anand"}


@pytest.fixture
def revision(patient, practitioner):
    sent = make_sent(
        patient,
        flags={
            "heart_failure": "consult_first",
            "unsafe_home": "caution",
            "trauma_touch": "caution",
        },
        answers={"doctor_name": "Dr Anand", "full_name": "Rosa Okafor", "born": "1973-06-04"},
    )
    open_form(intake=sent.intake, by=practitioner.user)
    return sent


@pytest.fixture
def letter(revision, practitioner):
    return services.start(intake=revision.intake, by=practitioner.user)


@pytest.fixture
def sent_letter(letter, practitioner):
    services.send(letter=letter, permission="asked", way="post", by=practitioner.user)
    return letter


class TestTheDraft:
    def test_is_written_from_the_record(self, letter):
        assert letter.to_name == "Dr Anand"
        assert letter.body.startswith("Dear Dr Anand,")
        for words in ("Rosa Okafor, born 4 June 1973", "- Heart failure", "stiff since the summer"):
            assert words in letter.body
        assert "Register of Invented Practitioners" in letter.body

    def test_leaves_private_answers_out(self, letter):
        assert "home" not in letter.body
        assert "touch" not in letter.body.lower()

    def test_asks_for_a_view_on_what_was_not_cleared(self, patient, practitioner):
        intake = make_clearance(patient, practitioner, "massage").revision.intake

        letter = services.start(intake=intake, by=practitioner.user)

        assert "a reason against acupuncture for this person" in letter.body
        assert "- acupuncture: not now" in letter.body
        assert "for the test" not in letter.body
        assert letter.decision.revision.intake == intake
        assert letter.urgency == "C"

    def test_of_something_urgent_says_so_first(self, patient, practitioner):
        revision = make_sent(patient, flags={"em_stroke": "emergency"})

        letter = services.start(intake=revision.intake, by=practitioner.user)

        assert letter.urgency == "R1"
        assert "It is not resolved yet." in letter.body

    def test_names_what_is_not_known_but_for_private_questions(self, patient, practitioner):
        revision = make_sent(patient, unanswered=["osteoporosis", "unsafe_home"])

        body = services.start(intake=revision.intake, by=practitioner.user).body

        assert "Not known to us:\n- Do you have thin bones (osteoporosis)?" in body
        assert "home" not in body

    def test_tells_the_plan_when_all_is_cleared(self, patient, practitioner):
        intake = make_clearance(patient, practitioner).revision.intake

        letter = services.start(intake=intake, by=practitioner.user)

        assert "to let you know what we plan" in letter.body
        assert letter.urgency == "R3"

    def test_is_the_same_one_after_a_double_click(self, letter, revision, practitioner):
        assert services.start(intake=revision.intake, by=practitioner.user) == letter

    def test_leaves_a_trace_of_the_answers_read(self, letter, patient):
        actions = Event.objects.about(patient).values_list("action", flat=True)

        assert "letter_drafted" in actions
        assert list(actions).count("read_answers") == 2  # opened, then drafted from

    def test_is_for_practitioners_only(self, revision, patient):
        for nobody in (None, patient.account):
            with pytest.raises(NotAllowed):
                services.start(intake=revision.intake, by=nobody)


class TestSending:
    def test_notes_when_by_whom_why_and_how(self, sent_letter, practitioner):
        assert (sent_letter.status, sent_letter.sent_by) == ("sent", practitioner.user)
        assert (sent_letter.permission, sent_letter.way) == ("asked", "post")
        assert sent_letter.sent_at

    def test_needs_someone_to_write_to(self, letter, practitioner):
        services.rewrite(letter=letter, by=practitioner.user, **WORDS | {"to_name": " "})

        with pytest.raises(NobodyToWriteTo):
            services.send(letter=letter, permission="asked", way="post", by=practitioner.user)

    def test_on_the_strength_of_the_form_needs_a_yes_there(self, letter, practitioner):
        with pytest.raises(NoPermission):
            services.send(letter=letter, permission="on_form", way="post", by=practitioner.user)

    def test_on_the_strength_of_the_form_with_a_yes_there(self, patient, practitioner):
        agreed = make_sent(patient, answers={"consent_share": "yes", "doctor_name": "Dr Anand"})
        letter = services.start(intake=agreed.intake, by=practitioner.user)

        services.send(letter=letter, permission="on_form", way="post", by=practitioner.user)

        assert letter.status == "sent"

    def test_on_the_strength_of_the_form_goes_to_their_own_doctor_only(self, patient, practitioner):
        agreed = make_sent(patient, answers={"consent_share": "yes", "doctor_name": "Dr Anand"})
        letter = services.start(intake=agreed.intake, by=practitioner.user)
        services.rewrite(letter=letter, by=practitioner.user, **WORDS | {"to_name": "An insurer"})

        with pytest.raises(NoPermission):
            services.send(letter=letter, permission="on_form", way="post", by=practitioner.user)

    def test_twice_is_refused(self, sent_letter, practitioner):
        with pytest.raises(MoveNotPossible):
            services.send(letter=sent_letter, permission="asked", way="post", by=practitioner.user)

    def test_ends_all_changes_of_words(self, sent_letter, practitioner):
        with pytest.raises(MoveNotPossible):
            services.rewrite(letter=sent_letter, by=practitioner.user, **WORDS)

    def test_leaves_no_trace_when_the_audit_row_cannot_be_written(
        self, letter, practitioner, monkeypatch
    ):
        def broken(**event):
            raise RuntimeError

        monkeypatch.setattr("intake.referral.services.record", broken)
        with pytest.raises(RuntimeError):
            services.send(letter=letter, permission="asked", way="post", by=practitioner.user)

        assert Letter.objects.get().status == "drafted"


class TestTheReply:
    def test_is_noted_once(self, sent_letter, practitioner):
        services.note_reply(letter=sent_letter, reply="Light massage only.", by=practitioner.user)

        with pytest.raises(MoveNotPossible):
            services.note_reply(letter=sent_letter, reply="Anything.", by=practitioner.user)
        assert Letter.objects.get().reply == "Light massage only."

    def test_to_a_letter_that_was_not_sent_is_refused(self, letter, practitioner):
        with pytest.raises(MoveNotPossible):
            services.note_reply(letter=letter, reply="x", by=practitioner.user)

    @pytest.mark.parametrize(("days", "overdue"), [(13, False), (15, True)])
    def test_to_a_question_is_overdue_after_two_weeks(self, sent_letter, days, overdue):
        assert sent_letter.is_overdue(at=timezone.now() + timedelta(days=days)) is overdue


class TestWhoSeesLetters:
    def test_the_patient_those_that_left_the_clinic(self, letter, patient, practitioner):
        assert not Letter.objects.visible_to(patient.account).exists()

        services.send(letter=letter, permission="asked", way="post", by=practitioner.user)

        assert list(Letter.objects.visible_to(patient.account)) == [letter]

    def test_nobody_else(self, sent_letter, other_patient, django_user_model):
        manager = django_user_model.objects.create_user("ada@example.org", is_manager=True)
        reception = django_user_model.objects.create_user("sam@example.org", is_reception=True)

        for someone in (other_patient.account, manager, reception):
            assert not Letter.objects.visible_to(someone).exists()
