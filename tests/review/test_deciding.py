import pytest
from factories import make_clearance, make_sent

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible, NotAllowed
from clinic.notices.models import Notice
from intake.review.models import Clearance, Decision
from intake.review.services import (
    EmergencyOpen,
    NotAnswered,
    NotRegistered,
    Opinion,
    decide,
    open_form,
)
from intake.submission.states import State

BOTH = [Opinion("acupuncture", "suitable"), Opinion("massage", "suitable_with_changes")]


def opened(patient, practitioner, **sent):
    revision = make_sent(patient, **sent)
    open_form(intake=revision.intake, by=practitioner.user)
    return revision


class TestDeciding:
    def test_both_suitable_issues_one_clearance_for_both_together(self, patient, practitioner):
        revision = opened(patient, practitioner)

        decide(revision=revision, opinions=BOTH, by=practitioner.user)

        clearance = Clearance.objects.get()
        assert sorted(t.therapy for t in clearance.therapies.all()) == ["acupuncture", "massage"]
        assert clearance.together
        revision.intake.refresh_from_db()
        assert revision.intake.state == State.DECIDED
        assert list(Notice.objects.values_list("kind", flat=True)) == ["decided"]

    def test_one_suitable_clears_only_that_one(self, patient, practitioner):
        clearance = make_clearance(patient, practitioner, "massage")

        assert [t.therapy for t in clearance.therapies.all()] == ["massage"]
        assert not clearance.together

    def test_neither_suitable_issues_no_clearance_and_still_tells_the_patient(
        self, patient, practitioner
    ):
        revision = opened(patient, practitioner)

        decide(
            revision=revision,
            opinions=[Opinion("acupuncture", "not_now"), Opinion("massage", "not_now")],
            by=practitioner.user,
        )

        assert not Clearance.objects.exists()
        assert Notice.objects.get().kind == "decided"

    def test_waits_for_a_colleague_where_one_is_not_registered(
        self, patient, masseur, practitioner
    ):
        revision = opened(patient, masseur)

        decide(revision=revision, opinions=[Opinion("massage", "suitable")], by=masseur.user)
        assert not Clearance.objects.exists()
        decide(
            revision=revision, opinions=[Opinion("acupuncture", "suitable")], by=practitioner.user
        )

        assert Clearance.objects.get().together

    def test_is_refused_outside_ones_registration(self, patient, masseur):
        revision = opened(patient, masseur)

        with pytest.raises(NotRegistered):
            decide(revision=revision, opinions=BOTH, by=masseur.user)

        assert not Decision.objects.exists()

    def test_is_refused_to_anyone_else(self, patient, practitioner):
        revision = opened(patient, practitioner)

        for nobody in (None, patient.account):
            with pytest.raises(NotAllowed):
                decide(revision=revision, opinions=BOTH, by=nobody)

    def test_a_second_time_changes_nothing_and_says_so(self, patient, practitioner):
        revision = opened(patient, practitioner)
        decide(revision=revision, opinions=BOTH, by=practitioner.user)

        with pytest.raises(MoveNotPossible):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)

        assert Decision.objects.count() == 1

    def test_needs_an_answer_for_every_stop_flag(self, patient, practitioner):
        revision = opened(patient, practitioner, flags={"heart_failure": "consult_first"})

        with pytest.raises(NotAnswered):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)
        flag = revision.flags.get()
        decide(
            revision=revision,
            opinions=BOTH,
            by=practitioner.user,
            flag_answers={flag.pk: ("confirmed_with_doctor", "Letter of last week.")},
        )

        assert Decision.objects.get().flag_answers.get().text == "Letter of last week."

    def test_never_passes_an_emergency(self, patient, practitioner):
        revision = opened(patient, practitioner, flags={"em_chest_pain": "emergency"})

        with pytest.raises(EmergencyOpen):
            decide(
                revision=revision,
                opinions=BOTH,
                by=practitioner.user,
                flag_answers={revision.flags.get().pk: ("mistake", "")},
            )

    def test_leaves_no_trace_when_the_audit_row_cannot_be_written(
        self, patient, practitioner, monkeypatch
    ):
        revision = opened(patient, practitioner)
        before = Event.objects.count()

        def broken(**event):
            raise RuntimeError

        monkeypatch.setattr("intake.review.services.record", broken)
        with pytest.raises(RuntimeError):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)

        assert (Decision.objects.count(), Event.objects.count()) == (0, before)


class TestOpening:
    def test_leaves_a_trace_that_answers_were_read(self, patient, practitioner):
        revision = make_sent(patient)

        open_form(intake=revision.intake, by=practitioner.user)

        assert Event.objects.about(patient).readings().get().by == practitioner.user
