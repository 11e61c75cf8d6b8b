from datetime import timedelta

import pytest
from factories import make_clearance, make_flag, make_sent

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible, NotAllowed
from clinic.notices.models import Notice
from clinic.people.models import Patient
from intake.review.models import Clearance, Decision
from intake.review.registered import NotRegistered
from intake.review.services import (
    NoNextStep,
    NotAnswered,
    NotWanted,
    OneselfOnly,
    Opinion,
    Outdated,
    SecondNeeded,
    decide,
    open_form,
    step,
)
from intake.review.weighing import Terms
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
            opinions=[Opinion(t, "not_now", next_step="later") for t in ("acupuncture", "massage")],
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

    def test_one_person_alone_never_passes_what_rules_a_therapy_out(self, patient, practitioner):
        revision = opened(patient, practitioner, flags={"dvt_current": "contraindicated"})

        with pytest.raises(SecondNeeded):
            decide(
                revision=revision,
                opinions=BOTH,
                by=practitioner.user,
                flag_answers={revision.flags.get().pk: ("tolerated_before", "")},
            )

    @pytest.mark.parametrize("next_step", ["", "nonsense"])
    def test_not_now_without_a_next_step_is_refused(self, patient, practitioner, next_step):
        revision = opened(patient, practitioner)
        opinions = [BOTH[0], Opinion("massage", "not_now", next_step=next_step)]

        with pytest.raises(NoNextStep):
            decide(revision=revision, opinions=opinions, by=practitioner.user)

        assert not Decision.objects.exists()

    @pytest.mark.parametrize("regions", [[], ["left_knee"]])
    def test_needs_an_answer_for_what_counts_in_one_place_only(
        self, patient, practitioner, regions
    ):
        revision = make_sent(patient)
        local = {"massage": {"level": "contraindicated", "regions": regions}}
        levels = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), "none")
        flag = make_flag(revision, "wound_open", 4, levels=levels, local=local)
        open_form(intake=revision.intake, by=practitioner.user)

        with pytest.raises(NotAnswered):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)
        answers = {flag.pk: ("treatment_changed", "")}
        decide(revision=revision, opinions=BOTH, by=practitioner.user, flag_answers=answers)

        assert Clearance.objects.exists()

    def test_on_oneself_is_refused(self, practitioner):
        own = Patient.objects.create(account=practitioner.user, name="Mei Lindqvist")
        revision = opened(own, practitioner)

        with pytest.raises(OneselfOnly):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)

    def test_from_a_page_that_did_not_show_the_newest_decision_is_refused(
        self, patient, masseur, practitioner
    ):
        revision = opened(patient, masseur)
        no = Opinion("massage", "not_now", next_step="see_doctor")
        earlier = decide(revision=revision, opinions=[no], by=masseur.user)

        with pytest.raises(Outdated):
            decide(revision=revision, opinions=BOTH, by=practitioner.user, seen=0)
        decide(revision=revision, opinions=BOTH, by=practitioner.user, seen=earlier.pk)

        assert Decision.objects.count() == 2

    def test_on_a_therapy_the_patient_does_not_want_is_refused(self, patient, practitioner):
        revision = make_sent(patient, wants=("massage",))
        open_form(intake=revision.intake, by=practitioner.user)

        with pytest.raises(NotWanted):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)

    def test_takes_the_strictest_terms_of_two_people(self, patient, masseur, practitioner):
        revision = opened(patient, masseur)

        decide(
            revision=revision,
            opinions=[BOTH[1]],
            by=masseur.user,
            terms=Terms(weeks=2, sessions=8, together=False),
        )
        decide(
            revision=revision,
            opinions=[BOTH[0]],
            by=practitioner.user,
            terms=Terms(weeks=6, sessions=3),
        )

        clearance = Clearance.objects.get()
        assert clearance.valid_until - clearance.valid_from == timedelta(weeks=2)
        assert (clearance.sessions, clearance.together) == (3, False)

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


class TestAStep:
    def test_asking_tells_the_patient_that_there_is_a_question(self, patient, practitioner):
        revision = opened(patient, practitioner)

        step(intake=revision.intake, name="ask", by=practitioner.user)

        assert revision.intake.state == State.ASKED
        assert Notice.objects.get().kind == "question_asked"

    @pytest.mark.parametrize("path", [["put_back"], ["ask", "answered_by_phone"]])
    def test_leads_back_to_those_who_wait(self, patient, practitioner, path):
        intake = opened(patient, practitioner).intake

        for name in path:
            step(intake=intake, name=name, by=practitioner.user)

        assert intake.state == State.SUBMITTED

    @pytest.mark.parametrize(
        "name", ["decide", "withdraw", "", "a\x00b", "give_opinion", "ask_colleague"]
    )
    def test_that_is_not_possible_changes_nothing(self, patient, practitioner, name):
        intake = opened(patient, practitioner).intake

        with pytest.raises(MoveNotPossible):
            step(intake=intake, name=name, by=practitioner.user)

        intake.refresh_from_db()
        assert intake.state == State.IN_REVIEW
