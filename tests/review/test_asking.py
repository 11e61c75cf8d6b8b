"""A practitioner asks about single answers, and the patient's answers make the next revision."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from refusals import run

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible, NotAllowed
from clinic.notices.models import Notice
from clinic.notices.services import send_all_due
from intake.review import asking
from intake.review.asking_models import AskQuestion, AskRound, Ended, Reply
from intake.review.asking_replies import Kept, NotAnswered, save_draft, send_replies
from intake.review.services import Outdated
from intake.submission.comparing import answer_changes
from intake.submission.models import Revision, Signature
from intake.submission.services import move
from tests.review.asked_forms import LINE, asked_about, in_review, replied
from tests.review.changed_forms import changed, of
from tests.submission.changes import answered_again, begun


@pytest.fixture
def revision(complete, practitioner) -> Revision:
    return in_review(complete, practitioner.user)


@pytest.fixture
def asked(revision, practitioner) -> AskRound:
    return asked_about(revision, practitioner.user)


class TestAsking:
    def test_moves_the_form_tells_the_patient_and_leaves_a_trace(self, asked):
        assert of(asked.revision).state == "asked"
        assert AskQuestion.objects.get().line == LINE
        assert Notice.objects.filter(kind="question_asked").count() == 1
        assert Event.objects.filter(action="form_ask", reference=asked.intake.reference).exists()

    def test_the_line_is_not_readable_in_the_database(self, asked):
        stored = bytes(run("SELECT line FROM review_askquestion")[0])
        assert b"osteoporosis" not in stored

    def test_the_e_mail_says_nothing_of_it(self, asked):
        send_all_due(now=timezone.now() + timedelta(minutes=1))
        text = "".join(message.subject + message.body for message in mail.outbox)
        assert "question" in text
        assert "osteoporosis" not in text

    @pytest.mark.parametrize("asks", [[], [asking.Asked("osteoporosis", " ")]])
    def test_needs_a_question_and_a_line(self, revision, practitioner, asks):
        with pytest.raises(asking.NothingAsked):
            asking.ask(revision=revision, questions=asks, by=practitioner.user)

    @pytest.mark.parametrize("code", ["unsafe_home", "consent_massage", "wants", "full_name"])
    def test_what_is_private_or_signed_is_not_asked_in_writing(self, revision, practitioner, code):
        with pytest.raises(asking.NotInWriting):
            asked_about(revision, practitioner.user, code)

    def test_only_about_what_was_sent_last(self, revision, practitioner, questions, today):
        changed(of(revision), questions, today, diabetes="no")
        move(intake=of(revision), name="open", by=practitioner.user)

        with pytest.raises(Outdated):
            asked_about(revision, practitioner.user)

    def test_once_at_a_time(self, asked, practitioner):
        with pytest.raises(asking.NotWaiting):
            asked_about(asked.revision, practitioner.user)


class TestAnswering:
    def test_makes_a_revision_that_differs_in_the_answer_alone(self, asked, questions):
        came_back = replied(asked, osteoporosis="yes")

        rows = answer_changes(questions, [asked.revision, came_back])
        assert [(row.before, row.now) for row in rows] == [("Not sure", "Yes")]
        assert came_back.get_change_reason_display() == "we asked"
        assert came_back.moves_safety
        assert of(came_back).state == "submitted"
        asked.refresh_from_db()
        assert (asked.ended, asked.came_back) == (Ended.WRITTEN, came_back)

    def test_is_screened_anew(self, asked):
        came_back = replied(asked, osteoporosis="yes")

        assert came_back.flags.filter(code__contains="osteoporosis").exists()
        assert "osteoporosis" not in came_back.screening["unanswered"]

    def test_keeps_what_was_signed_and_signs_nothing_anew(self, asked):
        before = Signature.objects.count()
        came_back = replied(asked, osteoporosis="yes")

        assert Signature.objects.count() == before > 0
        assert came_back.answers["consent_massage"] == asked.revision.answers["consent_massage"]
        assert came_back.answers["signature"] == asked.revision.answers["signature"]

    def test_twice_sends_once(self, asked):
        first = replied(asked, osteoporosis="yes")

        assert send_replies(asked=asked, by=asked.intake.patient.account) == first
        assert Reply.objects.count() == 1

    def test_words_alone_make_a_revision_that_holds(self, asked):
        came_back = replied(asked, words="Since two years, in the hip.")

        assert Reply.objects.get().words == "Since two years, in the hip."
        assert came_back.number == 2
        assert came_back.answers == asked.revision.answers
        assert came_back.moves_safety

    def test_i_cannot_say_leaves_the_answer_as_it_was(self, asked):
        came_back = replied(asked, cannot=True, osteoporosis="no")

        assert came_back.answers["osteoporosis"] == "not_sure"
        assert Reply.objects.get().cannot_say
        assert not came_back.moves_safety

    def test_a_long_text_is_written_on_and_screened(self, revision, practitioner):
        asked = asked_about(revision, practitioner.user, "own_words")

        came_back = replied(asked, words="I take warfarin.")

        assert came_back.answers["own_words"].startswith(revision.answers["own_words"])
        assert any("anticoag" in code for code in came_back.flags.values_list("code", flat=True))

    def test_needs_something_for_each_question(self, asked):
        with pytest.raises(NotAnswered):
            replied(asked)

    def test_nobody_else_answers(self, asked, other_patient):
        for change in (save_draft, send_replies):
            more = {"kept": Kept()} if change is save_draft else {}
            with pytest.raises(NotAllowed):
                change(asked=asked, by=other_patient.account, **more)

    def test_the_move_needs_replies(self, asked):
        with pytest.raises(MoveNotPossible):
            move(intake=of(asked.revision), name="answer", by=asked.intake.patient.account)

    def test_a_change_begun_beside_it_goes_on_from_there(self, asked, questions, today):
        begun(of(asked.revision))
        came_back = replied(asked, osteoporosis="yes")

        copy = of(asked.revision)
        assert copy.is_changing
        assert copy.builds_on == came_back
        assert copy.answers["osteoporosis"] == "yes"
        answered_again(copy, questions, today)
