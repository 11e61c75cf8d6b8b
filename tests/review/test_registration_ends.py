"""Someone who decided loses the registration: what stands, and what is refused."""

import pytest
from factories import make_sent, part, token
from refusals import run
from signing_in import client_of

from clinic.errors import NotAllowed
from clinic.people.models import User
from intake.booking.models import Visit
from intake.booking.services import book
from intake.review.models import Clearance, Decision
from intake.review.services import Opinion, decide, open_form
from tests.factories import make_clearance, make_practitioner

ENDED = "UPDATE people_registration SET valid_until = clinic_day(now()) - 1"


def again(user: User) -> User:
    """As the next request reads them."""
    return User.objects.get(pk=user.pk)


class TestBetweenOpeningAndSaving:
    def test_nothing_is_decided(self, patient, practitioner):
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=practitioner.user)
        run(ENDED)

        with pytest.raises(NotAllowed):
            decide(
                revision=revision,
                opinions=[Opinion("massage", "suitable")],
                by=again(practitioner.user),
            )

        assert not Decision.objects.exists()


class TestBetweenTwoOpinions:
    def test_what_they_said_clears_nothing_any_more(self, patient, masseur):
        needles = make_practitioner("lee@example.org", "Lee Park", "acupuncture")
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=needles.user)
        decide(revision=revision, opinions=[Opinion("acupuncture", "suitable")], by=needles.user)
        run(f"{ENDED} WHERE therapy = 'acupuncture'")

        decide(revision=revision, opinions=[Opinion("massage", "suitable")], by=masseur.user)

        revision.intake.refresh_from_db()
        assert revision.intake.state == "in_review"
        assert not Clearance.objects.exists()


class TestAVisitAhead:
    @pytest.fixture
    def visit(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner)
        parts = [part(practitioner, room)]
        return book(clearance=clearance, parts=parts, token=token(), by=patient.account)

    def test_stays_and_is_marked_for_the_front_desk(self, visit):
        desk = client_of(
            User.objects.create_user("sam@example.org", "a long password", is_reception=True)
        )
        day = f"/diary/?day={visit.starts_at:%Y-%m-%d}"
        assert "Nobody to give it." not in desk.get(day).content.decode()

        run(ENDED)

        shown = Visit.objects.with_treatments().get()
        assert shown.still_cleared and shown.by_someone_unregistered
        for address in (day, f"/diary/{visit.reference}/"):
            assert "Nobody to give it." in desk.get(address).content.decode()

    def test_of_someone_still_registered_is_not_marked(self, visit):
        assert not Visit.objects.with_treatments().get().by_someone_unregistered
