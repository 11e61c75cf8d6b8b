"""Rules are published after a decision: what they raise holds it until a practitioner answered."""

import pytest
from django.core import mail
from refusals import refused, run, without

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from clinic.notices.models import Notice
from clinic.notices.services import send_all_due
from intake.review.answering_rules import NoReason, NothingToSay, decide_again, keep
from intake.review.models import Clearance, HoldReason, Rescreening, RescreeningAnswer, Seen
from intake.review.newer_rules import ReadNewerRules, RuledOut, held, raised_on
from intake.review.rescreening import rescreen_due, rescreen_patient
from intake.review.services import OneselfOnly
from intake.submission.models import Intake, Revision
from tests.review.changed_forms import decided, first_sent
from tests.review.published_later import ONLY_MASSAGE, RULED_OUT, STOP, only_named, weighs


@pytest.fixture
def cleared(complete, practitioner) -> Intake:
    return decided(first_sent(complete), practitioner.user)


def why() -> str:
    live = Clearance.objects.filter(state="live")
    return live.annotate(hold=HoldReason("patient_id", "created_at")).get().hold


class TestRulesThatRaiseNothing:
    def test_hold_until_they_have_read_the_form_and_then_nobody_notices(self, cleared, today):
        only_named("later")
        assert why() == "rules_unread"
        assert not Clearance.objects.live_on(today).exists()

        assert rescreen_due() == 1

        assert Clearance.objects.live_on(today).exists()
        assert not Event.objects.filter(action="rules_raised").exists()
        assert not Notice.objects.filter(kind="on_hold").exists()
        assert held() == []

    def test_are_read_once(self, cleared):
        only_named("later")

        assert [rescreen_due(), rescreen_due(), rescreen_patient(cleared.patient)] == [1, 0, 0]

    def test_raise_nothing_for_a_therapy_that_is_not_cleared(self, complete, practitioner, today):
        decided(first_sent(complete), practitioner.user, massage="not_now")
        weighs("diabetes", *ONLY_MASSAGE)

        rescreen_due()

        assert Rescreening.objects.get().massage == 3
        assert Clearance.objects.live_on(today).exists()


class TestRulesThatRaiseSomething:
    @pytest.fixture
    def raised(self, cleared) -> Rescreening:
        weighs("diabetes", *STOP)
        rescreen_due()
        return Rescreening.objects.get()

    def test_hold_tell_and_show(self, raised, cleared, today):
        assert why() == "new_rules"
        assert not Clearance.objects.live_on(today).exists()
        assert held() == [cleared]
        assert Event.objects.filter(action="rules_raised", by=None).count() == 1
        (row,) = raised_on(Revision.objects.get()).rows
        assert (row.change, row.shown.word) == ("Weighs more", "Stop")
        assert ("massage", "good to know") in row.before.therapies
        assert row.shown.evidence[0].answer == "Yes"

    def test_are_told_without_a_word_on_health(self, raised):
        send_all_due()

        letter = mail.outbox[-1]
        assert letter.subject.startswith("We are looking at your form again")
        assert "diabetes" not in (letter.subject + letter.body).lower()

    def test_are_kept_with_a_reason(self, raised, practitioner, today):
        with pytest.raises(NoReason):
            keep(found=raised, reason="  ", by=practitioner.user)

        keep(found=raised, reason="Well controlled, feet checked.", by=practitioner.user)

        assert Clearance.objects.live_on(today).exists()
        assert held() == []
        assert Notice.objects.filter(kind="stands").count() == 1
        assert {each.reason for each in RescreeningAnswer.objects.all()} == {
            "Well controlled, feet checked."
        }
        with pytest.raises(NothingToSay):
            keep(found=raised, reason="Again.", by=practitioner.user)

    def test_once_kept_do_not_come_back_with_the_next_version(self, raised, practitioner, today):
        keep(found=raised, reason="Feet checked.", by=practitioner.user)
        weighs("diabetes", *STOP, name="later still")

        rescreen_due()

        assert Clearance.objects.live_on(today).exists()

    def test_by_someone_registered_in_one_therapy_answer_that_one(
        self, raised, masseur, practitioner, today
    ):
        assert keep(found=raised, reason="Light only.", by=masseur.user) == ["massage"]
        assert not Clearance.objects.live_on(today).exists()

        keep(found=raised, reason="Feet checked.", by=practitioner.user)

        assert Clearance.objects.live_on(today).exists()

    def test_are_not_answered_by_the_patient_or_without_a_registration(
        self, raised, practitioner, masseur
    ):
        run("UPDATE people_registration SET valid_until = '2020-01-01' WHERE therapy = 'massage'")
        with pytest.raises(NotAllowed):
            keep(found=raised, reason="Light only.", by=masseur.user)
        run("ALTER TABLE people_patient DISABLE TRIGGER patient_keeps_the_account")
        run("UPDATE people_patient SET account_id = %s", [practitioner.user_id])
        with pytest.raises(OneselfOnly):
            keep(found=raised, reason="It is me.", by=practitioner.user)

    def test_decided_again_hold_until_there_is_a_decision(self, raised, practitioner, today):
        decide_again(found=raised, by=practitioner.user)
        assert Intake.objects.get().state == "in_review"
        assert why() == "new_rules"

        decided(Revision.objects.get(), practitioner.user)

        assert Clearance.objects.live_on(today).exists()
        assert Seen.objects.order_by("-pk").first().rescreening == raised

    def test_must_be_read_before_anything_is_cleared(self, complete, practitioner):
        revision = first_sent(complete)
        weighs("diabetes", *STOP)

        with pytest.raises(ReadNewerRules):
            decided(revision, practitioner.user)

        rescreen_due()
        decide_again(found=Rescreening.objects.get(), by=practitioner.user)
        assert decided(revision, practitioner.user).state == "decided"


class TestRulesThatRuleOut:
    @pytest.fixture
    def raised(self, cleared) -> Rescreening:
        weighs("diabetes", *RULED_OUT)
        rescreen_due()
        return Rescreening.objects.get()

    def test_are_neither_kept_nor_cleared(self, raised, practitioner):
        with pytest.raises(RuledOut):
            keep(found=raised, reason="They are fine.", by=practitioner.user)

        decide_again(found=raised, by=practitioner.user)
        with pytest.raises(RuledOut):
            decided(Revision.objects.get(), practitioner.user)

    def test_end_in_not_now(self, raised, practitioner):
        decide_again(found=raised, by=practitioner.user)

        decided(Revision.objects.get(), practitioner.user, acupuncture="not_now", massage="not_now")

        assert not Clearance.objects.filter(state="live").exists()

    KEPT = """
        INSERT INTO review_rescreeninganswer
            (rescreening_id, therapy, keeps, reason, by_id, registration_id)
        SELECT s.id, 'massage', true, '', %s, %s FROM review_rescreening s
    """

    def test_are_not_kept_in_the_database(self, raised, practitioner):
        registration = practitioner.registrations.get(therapy="massage").pk
        with refused("what_newer_rules_rule_out_is_not_kept"):
            run(self.KEPT, [practitioner.user_id, registration])

    def test_are_not_kept_in_the_database_twin(self, raised, practitioner):
        registration = practitioner.registrations.get(therapy="massage").pk
        without("review_rescreeninganswer", "what_newer_rules_rule_out_is_not_kept")

        run(self.KEPT, [practitioner.user_id, registration])

        assert RescreeningAnswer.objects.filter(keeps=True).exists()
