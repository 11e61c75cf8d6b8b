"""A practitioner learns something by phone: nothing is booked until there is a new decision."""

import importlib

import pytest
from django.utils import timezone
from factories import make_clearance, make_practitioner, make_sent, part, token
from refusals import refused, run, without
from signing_in import client_of

from clinic.errors import MoveNotPossible, NotAllowed
from clinic.notices.models import Kind, Notice
from clinic.people.models import Patient
from intake.booking.services import NotCleared, book
from intake.review.looking_again import NoReason, look_again
from intake.review.models import Clearance, LookAgain
from intake.review.services import OneselfOnly, Opinion, decide
from intake.submission.models import Intake

LEARNED = "She rang: she is pregnant, ten weeks."
migration = importlib.import_module("intake.review.migrations.0020_looked_at_again")


@pytest.fixture
def cleared(patient, practitioner) -> Clearance:
    return make_clearance(patient, practitioner)


@pytest.fixture
def held(cleared, practitioner) -> Clearance:
    look_again(intake=cleared.revision.intake, reason=LEARNED, by=practitioner.user)
    return cleared


def bookable() -> list[Clearance]:
    return list(Clearance.objects.live_on(timezone.localdate()))


def test_nothing_is_booked_in_it(held, practitioner, room, account):
    assert not bookable()
    with pytest.raises(NotCleared):
        book(clearance=held, parts=[part(practitioner, room)], token=token(), by=account)


def test_twin_without_that_part_of_the_hold_it_is_booked(held, practitioner, room, account):
    run(migration.HOLD_REASON.format(looked_at=""))

    assert book(clearance=held, parts=[part(practitioner, room)], token=token(), by=account)


def test_a_visit_ahead_waits(cleared, practitioner, room, account):
    visit = book(clearance=cleared, parts=[part(practitioner, room)], token=token(), by=account)

    look_again(intake=cleared.revision.intake, reason=LEARNED, by=practitioner.user)

    page = client_of(account).get(f"/me/visits/{visit.reference}/").content.decode()
    assert "A practitioner is looking at your form again" in page
    assert "pregnant" not in page


def test_a_new_decision_ends_it(held, practitioner):
    yes = [Opinion(each, "suitable") for each in ("acupuncture", "massage")]
    decide(revision=held.revision, opinions=yes, by=practitioner.user)

    assert [each.pk != held.pk for each in bookable()] == [True]


def test_a_new_decision_against_it_leaves_nothing(held, practitioner):
    no = [Opinion(t, "not_now", "First weeks.", [], "see_doctor") for t in held.revision.wanted]
    decide(revision=held.revision, opinions=no, by=practitioner.user)

    assert not bookable()


def test_another_form_of_the_patient_is_not_held_by_it(held, other_patient, practitioner):
    other = make_clearance(other_patient, practitioner)

    assert bookable() == [other]


class TestThePatient:
    def test_is_told_that_and_not_why(self, held):
        notice = Notice.objects.get(kind=Kind.ON_HOLD)
        assert notice.patient == held.patient

    def test_is_not_told_where_nothing_was_cleared(self, patient, practitioner):
        revision = make_sent(patient)
        no = [Opinion(t, "not_now", "Later.", [], "see_doctor") for t in revision.wanted]
        run("UPDATE submission_intake SET state = 'in_review'")
        decide(revision=revision, opinions=no, by=practitioner.user)

        look_again(intake=revision.intake, reason=LEARNED, by=practitioner.user)

        assert not Notice.objects.filter(kind=Kind.ON_HOLD).exists()

    def test_reads_it_on_their_own_page(self, held, account):
        page = client_of(account).get("/me/").content.decode()
        assert "pregnant" not in page
        assert "Choose a time" not in page


class TestIsRefused:
    def test_without_a_reason(self, cleared, practitioner):
        with pytest.raises(NoReason):
            look_again(intake=cleared.revision.intake, reason=" ", by=practitioner.user)

    def test_twice(self, held, practitioner):
        with pytest.raises(MoveNotPossible):
            look_again(intake=held.revision.intake, reason=LEARNED, by=practitioner.user)

    def test_to_those_who_do_not_practise(self, cleared, account):
        with pytest.raises(NotAllowed):
            look_again(intake=cleared.revision.intake, reason=LEARNED, by=account)

    def test_to_the_patient_who_works_here(self, practitioner, masseur):
        own = Patient.objects.create(account=masseur.user, relation="self", name="", born=None)
        clearance = make_clearance(own, practitioner)

        with pytest.raises(OneselfOnly):
            look_again(intake=clearance.revision.intake, reason=LEARNED, by=masseur.user)


BY_HAND = """
    INSERT INTO review_lookagain (intake_id, by_id, registration_id, reason)
    VALUES ({intake}, {by}, {registration}, '')
"""


class TestInTheDatabase:
    NAME = "looked_at_again_by_someone_registered"

    @pytest.fixture
    def statement(self, cleared, practitioner) -> str:
        someone = make_practitioner("kit@example.org", "Kit Alder", "massage")
        return BY_HAND.format(
            intake=cleared.revision.intake_id,
            by=practitioner.user_id,
            registration=someone.registrations.get().pk,
        )

    def test_it_takes_a_registration_of_ones_own(self, statement):
        with refused(self.NAME):
            run(statement)

    def test_and_a_form_that_is_decided(self, held, practitioner):
        own = practitioner.registrations.first().pk
        values = {"intake": held.revision.intake_id, "by": practitioner.user_id}
        with refused(self.NAME):
            run(BY_HAND.format(registration=own, **values))

    def test_twin(self, statement):
        without("review_lookagain", self.NAME)
        run(statement)

        assert LookAgain.objects.count() == 1

    def test_it_never_changes(self, held):
        with refused("review_lookagain_append_only"):
            run("UPDATE review_lookagain SET at = now() - interval '1 year'")


class TestThePage:
    def test_leads_from_the_decided_case_to_the_new_decision(self, cleared, signed_in):
        case = f"/reviews/{cleared.revision.intake.reference}/"
        assert f"{case}look-again/" in signed_in.get(case).content.decode()

        answer = signed_in.post(f"{case}look-again/", {"reason": LEARNED}, follow=True)

        page = answer.content.decode()
        assert LEARNED in page
        assert "Mei Lindqvist" in page
        assert "look-again/" not in page
        assert Intake.objects.get().state == "in_review"

    def test_says_no_more_of_it_once_it_is_decided_and_sent_again(
        self, held, signed_in, practitioner
    ):
        case = f"/reviews/{held.revision.intake.reference}/"
        yes = [Opinion(each, "suitable") for each in ("acupuncture", "massage")]
        assert LEARNED in signed_in.get(case).content.decode()
        decide(revision=held.revision, opinions=yes, by=practitioner.user)

        run("UPDATE submission_intake SET state = 'submitted'")

        assert LEARNED not in signed_in.get(case).content.decode()

    def test_gives_back_what_was_typed(self, held, signed_in):
        address = f"/reviews/{held.revision.intake.reference}/look-again/"

        answer = signed_in.post(address, {"reason": "She rang again."})

        assert answer.status_code == 422
        assert "She rang again." in answer.content.decode()

    def test_asks_for_a_reason(self, cleared, signed_in):
        address = f"/reviews/{cleared.revision.intake.reference}/look-again/"

        answer = signed_in.post(address, {"reason": ""})

        assert answer.status_code == 422
        assert "Write what you learned" in answer.content.decode()
        assert bookable() == [cleared]
