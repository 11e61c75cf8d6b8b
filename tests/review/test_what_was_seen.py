"""What was seen at a decision is built again byte for byte, and a changed row does not pass."""

import pytest
from django.utils import timezone
from django.utils.translation import override
from refusals import run
from signing_in import client_of

from clinic.audit.models import Event
from clinic.people.models import User
from intake.questionnaire.models import QuestionSet
from intake.review import what_was_seen
from intake.review.models import Decision, Seen
from intake.screening.services import forget
from tests.review.changed_forms import decided, first_sent
from tests.review.published_later import STOP, weighs


@pytest.fixture
def seen(complete, practitioner) -> Seen:
    decided(first_sent(complete), practitioner.user)
    return Seen.objects.get()


@pytest.fixture
def page(seen, signed_in):
    form = seen.decision.revision.intake.reference
    address = f"/reviews/{form}/decisions/{seen.decision_id}/"

    def read() -> str:
        return signed_in.get(address).content.decode()

    return read


def rebuilt() -> bytes:
    return what_was_seen.rebuilt(what_was_seen.stored(Decision.objects.get().pk))


class TestTheDocument:
    def test_is_the_same_byte_for_byte_after_all_around_it_changed(self, seen, practitioner):
        before = rebuilt()
        assert what_was_seen.digest_of(before) == seen.digest

        weighs("diabetes", *STOP)
        QuestionSet.objects.create(number=99, title="Newer", digest="f" * 64)
        User.objects.filter(pk=practitioner.user_id).update(name="Mei Married")
        run("UPDATE people_registration SET number = 'NEW-1', valid_until = '2020-01-01'")
        forget()
        with override("es"), timezone.override(timezone.get_fixed_timezone(-480)):
            after = rebuilt()

        assert after == before

    def test_says_who_decided_as_they_were_called_that_day(self, seen):
        assert seen.decided_by.startswith("Mei Lindqvist; acupuncture: Register of Invented")
        assert b"Mei Lindqvist" in rebuilt()

    def test_holds_what_was_answered_and_found(self, seen):
        text = rebuilt().decode()

        assert "My back aches when I sit." in text
        assert '"code":"diabetes"' in text
        assert "You can book both." in text


class TestThePage:
    def test_says_that_it_matches(self, page):
        assert "This is what was seen: it matches." in page()

    def test_leaves_a_trace(self, page):
        before = Event.objects.filter(action="read_answers").count()

        page()

        assert Event.objects.filter(action="read_answers").count() == before + 1

    def test_is_linked_from_the_case(self, seen, signed_in):
        form = seen.decision.revision.intake.reference

        case = signed_in.get(f"/reviews/{form}/").content.decode()

        assert f"/reviews/{form}/decisions/{seen.decision_id}/" in case

    @pytest.mark.parametrize("other", [0, 10**30])
    def test_of_no_decision_is_not_found(self, seen, signed_in, other):
        form = seen.decision.revision.intake.reference
        assert signed_in.get(f"/reviews/{form}/decisions/{other}/").status_code == 404

    def test_is_not_for_the_front_desk_or_the_patient(self, seen, patient):
        desk = User.objects.create_user("sam@example.org", "a long password", is_reception=True)
        form = seen.decision.revision.intake.reference
        for user in (desk, patient.account):
            address = f"/reviews/{form}/decisions/{seen.decision_id}/"
            assert client_of(user).get(address).status_code == 404


TAMPERED = {
    "the level of a flag": ("submission_flag", "rank = 0"),
    "a verdict": ("review_verdict", "suitability = 'suitable_with_changes'"),
    "the moment": ("review_decision", "at = at + interval '1 microsecond'"),
    "the weeks": ("review_decision", "weeks = 26"),
    "the name": ("review_seen", "decided_by = 'Someone Else'"),
    "the answers": ("submission_revision", "answers = screening"),
}


class TestATamperedRow:
    """Twins: as the database's owner, with its protections switched off."""

    @pytest.mark.parametrize("what", TAMPERED)
    def test_is_said_loudly(self, page, what):
        table, change = TAMPERED[what]
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")

        run(f"UPDATE {table} SET {change}")

        text = page()
        assert "This does not match what was seen." in text
        assert "it matches" not in text
