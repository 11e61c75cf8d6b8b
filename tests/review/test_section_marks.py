"""Parts of a case marked as seen: for oneself, for what was sent last, and with the way back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_sent
from signing_in import client_of

from clinic.errors import NotAllowed
from intake.review.models import SectionMark
from intake.review.section_marks import OPEN, SEEN, NoSuchPart, mark
from intake.submission.models import Revision
from tests.review.changed_forms import changed, first_sent, of

GO_ON = "Go on where you were"


@pytest.fixture
def revision(patient) -> Revision:
    return make_sent(patient)


@pytest.fixture
def address(revision) -> str:
    return f"/reviews/{revision.intake.reference}/"


def press(client, address: str, revision: Revision, **said: str):
    return client.post(f"{address}seen/", {"revision": revision.pk, **said})


def page(client, address: str) -> str:
    return client.get(address).content.decode()


class TestMarkingAPart:
    def test_comes_back_to_it_and_says_so_twice(self, signed_in, revision, address):
        answer = press(signed_in, address, revision, seen="words")

        assert answer.url == f"{address}#words"
        case = page(signed_in, address)
        assert 'data-part="words">' in case
        assert 'data-part="answers" hidden>' in case
        assert 'name="not_seen" value="words"' in case

    def test_can_be_undone(self, signed_in, revision, address):
        press(signed_in, address, revision, seen="words")
        press(signed_in, address, revision, not_seen="words")

        assert SectionMark.objects.get().seen_at is None
        assert 'data-part="words" hidden>' in page(signed_in, address)

    def test_is_told_to_a_script_without_a_new_page(self, signed_in, revision, address):
        sent = {"revision": revision.pk, "seen": "words"}
        quiet = {"Accept": "application/json"}
        seen = signed_in.post(f"{address}seen/", sent, headers=quiet)
        wrong = signed_in.post(f"{address}seen/", sent | {"seen": "nothing"}, headers=quiet)

        at = timezone.localtime(SectionMark.objects.get().seen_at)
        assert seen.json() == {"seen": f"{at:%H:%M}"}
        assert (wrong.status_code, "error" in wrong.json()) == (422, True)

    def test_is_seen_by_nobody_else(self, signed_in, masseur, revision, address):
        press(signed_in, address, revision, seen="words")

        other = page(client_of(masseur.user), address)
        assert 'data-part="words" hidden>' in other
        assert GO_ON not in other

    @pytest.mark.parametrize("said", [{"seen": "x"}, {"seen": ""}, {}, {"open": "\x00"}])
    def test_of_no_part_marks_nothing(self, signed_in, revision, address, said):
        answer = press(signed_in, address, revision, **said)

        assert answer.url == address
        assert not SectionMark.objects.exists()

    @pytest.mark.parametrize("forged", ["", "x", "9" * 30])
    def test_of_no_form_marks_nothing(self, signed_in, revision, address, forged):
        signed_in.post(f"{address}seen/", {"revision": forged, "seen": "words"})

        assert not SectionMark.objects.exists()

    def test_of_another_form_marks_nothing(self, signed_in, address, other_patient):
        press(signed_in, address, make_sent(other_patient), seen="words")

        assert not SectionMark.objects.exists()

    def test_counts_for_what_was_sent_then(
        self, signed_in, complete, practitioner, questions, today
    ):
        first = first_sent(complete)
        mark(revision=first, section="answers", what=SEEN, by=practitioner.user)

        changed(of(first), questions, today, own_words="Worse now")

        case = page(signed_in, f"/reviews/{complete.reference}/")
        assert 'data-part="answers" hidden>' in case

    def test_is_for_practitioners(self, revision, patient):
        with pytest.raises(NotAllowed):
            mark(revision=revision, section="words", what=SEEN, by=patient.account)
        assert not SectionMark.objects.exists()

    def test_names_one_of_the_parts(self, revision, practitioner):
        with pytest.raises(NoSuchPart):
            mark(revision=revision, section="elsewhere", what=SEEN, by=practitioner.user)


class TestComingBack:
    def test_leads_to_the_part_last_open(self, signed_in, revision, address, practitioner):
        now = timezone.now()
        for minutes, part in ((2, "answers"), (9, "words")):
            at = now + timedelta(minutes=minutes)
            mark(revision=revision, section=part, what=OPEN, by=practitioner.user, now=at)
        last = now + timedelta(minutes=10)
        mark(revision=revision, section="answers", what=OPEN, by=practitioner.user, now=last)

        assert f'href="#answers">{GO_ON}: Answers' in page(signed_in, address)

    def test_keeps_what_was_marked_as_seen(self, revision, practitioner):
        for what in (SEEN, OPEN):
            mark(revision=revision, section="words", what=what, by=practitioner.user)

        assert SectionMark.objects.get().seen_at

    def test_says_nothing_to_who_begins_at_the_top(
        self, signed_in, revision, address, practitioner
    ):
        assert GO_ON not in page(signed_in, address)
        mark(revision=revision, section="flags", what=OPEN, by=practitioner.user)
        assert GO_ON not in page(signed_in, address)

    def test_does_not_lead_to_a_part_that_is_not_there(
        self, signed_in, revision, address, practitioner
    ):
        mark(revision=revision, section="medicines", what=OPEN, by=practitioner.user)

        assert GO_ON not in page(signed_in, address)
