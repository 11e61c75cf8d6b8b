"""A patient changes what was sent: a working copy, what is asked anew, and the next revision."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible, NotAllowed
from clinic.notices.models import Kind, Notice
from intake.submission import changing, drafts, services
from intake.submission.models import Intake, Revision
from intake.submission.states import CHANGEABLE, State
from tests.submission.changes import answered_again, begun, changed, said, sent_again


@pytest.fixture
def sent(complete) -> Intake:
    account = complete.patient.account
    services.send(intake=complete, token=str(complete.form_token), by=account)
    return Intake.objects.get(pk=complete.pk)


class TestBeginning:
    def test_keeps_what_is_not_about_safety_and_asks_the_rest_anew(self, sent, questions, today):
        copy = begun(sent)

        missing = {question.code for question in questions.missing(copy.answers, today)}
        kinds = {questions.question(code).kind for code in missing}
        assert copy.answers["own_words"] == sent.answers["own_words"]
        safety = {"yes_no", "emergency", "choice", "pregnancy"}
        assert kinds == safety | {"consent", "signature"}
        assert {c for c in missing if questions.question(c).kind == "choice"} == {
            "takes_medicines",
            "other_allergy",
        }

    def test_leaves_the_form_where_it_is(self, sent):
        begun(sent)

        now = Intake.objects.get(pk=sent.pk)
        assert (now.state, now.revisions.count()) == (State.SUBMITTED, 1)
        assert list(Event.objects.values_list("action", flat=True))[-1] == "change_begun"

    def test_twice_gives_the_same_copy_with_what_was_saved_in_it(self, sent):
        said(begun(sent), own_words="It moved to my neck.")

        again = begun(sent, reason="mistake")

        assert again.answers["own_words"] == "It moved to my neck."
        assert again.change_reason == "changed"

    def test_needs_a_reason(self, sent):
        with pytest.raises(changing.NoReason):
            begun(sent, reason="because")

    def test_is_for_the_own_account_only(self, sent, other_patient):
        with pytest.raises(NotAllowed):
            changing.begin_change(intake=sent, reason="forgot", by=other_patient.account)

    @pytest.mark.parametrize("state", sorted(set(State) - set(CHANGEABLE)))
    def test_is_not_possible_in_other_states(self, complete, state):
        if name := {"withdrawn": "withdraw", "expired": "expire"}.get(state):
            services.move(intake=complete, name=name, by=complete.patient.account)

        with pytest.raises(changing.CannotBeChanged):
            begun(complete)

    def test_is_for_the_newest_form_only(self, sent, questions, today):
        newer = services.begin(by=sent.patient.account)
        said(newer, **sent.answers)
        newer.refresh_from_db()
        services.send(intake=newer, token=str(newer.form_token), by=sent.patient.account)

        with pytest.raises(changing.NewerForm):
            begun(sent)


class TestSending:
    def test_is_refused_while_a_safety_question_waits(self, sent):
        copy = said(begun(sent), own_words="Worse.")

        with pytest.raises(services.NotComplete):
            services.send(intake=copy, token=str(copy.form_token), by=sent.patient.account)

    def test_makes_the_next_revision_with_its_reason(self, sent, questions, today):
        revision = sent_again(sent, questions, today, note="a new tablet", diabetes="no")

        assert (revision.number, revision.change_reason) == (2, "changed")
        assert revision.change_note == "a new tablet"
        assert revision.answers["diabetes"] == "no"
        assert sent.revisions.get(number=1).answers["diabetes"] == "yes"
        now = Intake.objects.get(pk=sent.pk)
        assert (now.state, now.is_changing, now.builds_on) == (State.SUBMITTED, False, None)

    def test_screens_anew_and_signs_anew(self, sent, questions, today):
        revision = sent_again(sent, questions, today, bleeding_disorder="yes")

        before = set(sent.revisions.get(number=1).flags.values_list("code", flat=True))
        now = set(revision.flags.values_list("code", flat=True))
        assert "bleeding_disorder" in now - before
        assert revision.signatures.filter(code="signature").exists()
        assert revision.goals.count() == 2

    def test_tells_the_patient_that_we_have_it(self, sent, questions, today):
        sent_again(sent, questions, today)

        assert Notice.objects.filter(kind=Kind.FORM_SENT).count() == 2

    @pytest.mark.parametrize(
        ("answers", "moves"),
        [
            ({}, False),
            ({"own_words": "It moved to my neck."}, False),
            ({"phone": "020 7946 1111"}, False),
            ({"diabetes": "no"}, True),
            ({"osteoporosis": "no"}, True),
            ({"touch_boundaries": ["abdomen"]}, True),
            ({"own_words": "I had a stroke last week."}, True),
        ],
    )
    def test_says_whether_safety_moved(self, sent, questions, today, answers, moves):
        assert sent_again(sent, questions, today, **answers).moves_safety == moves

    def test_twice_gives_the_same_revision(self, sent, questions, today):
        copy = answered_again(begun(sent), questions, today)
        token, account = str(copy.form_token), sent.patient.account

        first = services.send(intake=copy, token=token, by=account)
        second = services.send(intake=copy, token=token, by=account)

        assert first == second
        assert Revision.objects.count() == 2

    def test_with_the_token_of_the_first_sending_sends_nothing(self, sent, questions, today):
        copy = answered_again(begun(sent), questions, today)

        old = services.send(intake=copy, token=str(sent.form_token), by=sent.patient.account)

        assert old.number == 1
        assert Intake.objects.get(pk=sent.pk).is_changing

    def test_after_it_was_dropped_on_another_device_says_so(self, sent, questions, today):
        copy = answered_again(begun(sent), questions, today)
        changing.drop_change(intake=copy, by=sent.patient.account)

        with pytest.raises(services.FormChanged):
            services.send(intake=copy, token=str(copy.form_token), by=sent.patient.account)


class TestDropping:
    def test_keeps_the_form_as_it_was(self, sent):
        copy = said(begun(sent), own_words="Something else")

        changing.drop_change(intake=copy, by=sent.patient.account)

        now = Intake.objects.get(pk=sent.pk)
        assert now.answers.items() >= sent.revisions.get().answers.items()
        assert now.answers["own_words"] == sent.answers["own_words"]
        assert not now.is_open

    def test_happens_by_itself_after_thirty_days(self, sent):
        copy = begun(sent)
        Intake.objects.filter(pk=copy.pk).update(saved_at=timezone.now() - timedelta(days=31))

        assert drafts.expire_old_drafts() == 1

        now = Intake.objects.get(pk=sent.pk)
        assert (now.state, now.is_changing) == (State.SUBMITTED, False)

    def test_is_reminded_of_before(self, sent):
        copy = begun(sent)
        Intake.objects.filter(pk=copy.pk).update(saved_at=timezone.now() - timedelta(days=8))

        assert drafts.remind_of_drafts() == 1

    def test_of_nothing_is_refused(self, sent):
        with pytest.raises(MoveNotPossible):
            changing.drop_change(intake=sent, by=sent.patient.account)


def test_saving_after_the_change_was_sent_is_refused(sent, questions, today):
    copy = changed(sent, questions, today)

    with pytest.raises(MoveNotPossible):
        said(copy, own_words="Too late")
