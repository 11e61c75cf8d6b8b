"""What stood beside the answers at a decision is kept with it: words that came back, calls about
urgent answers, marked places, and medicines beside what they matched."""

import pytest
from django.utils import timezone
from django.utils.translation import override
from refusals import run, without

from intake.review import what_was_seen
from intake.review.models import Decision, Outcome
from intake.review.services import open_form
from intake.review.urgent import note_contact
from intake.screening.services import forget
from intake.submission.models import EmergencyEvent, Intake
from intake.submission.services import save_answers
from tests.review.asked_forms import LINE, asked_about, in_review, replied
from tests.review.changed_forms import changed, decided, of
from tests.review.published_later import STOP, weighs
from tests.submission.filling import MEDICINE

WORDS = "My new doctor added clopidogrel."
FOUND = "It was over before they called; their doctor has looked."


@pytest.fixture
def decision(complete, practitioner) -> Decision:
    revision = in_review(complete, practitioner.user)
    reply = replied(asked_about(revision, practitioner.user, "", "osteoporosis"), words=WORDS)
    called(of(reply), practitioner, FOUND)
    decided(reply, practitioner.user)
    return Decision.objects.get()


@pytest.fixture
def complete(complete) -> Intake:
    """With a medicine that is known, one that is not, and a place."""
    taken = [MEDICINE, MEDICINE | {"key": "d4e5f6", "name": "the small blue one"}]
    answers = {"medicines": taken, "touch_boundaries": ["neck_back"]}
    return save_answers(intake=complete, answers=answers, by=complete.patient.account)


def called(intake: Intake, practitioner, found: str) -> None:
    event = EmergencyEvent.objects.create(
        intake=intake, codes=["em_stroke"], message="M6", happened="shown"
    )
    note_contact(
        intake=intake,
        outcome=Outcome.RESOLVED,
        found=found,
        spoke_with="themselves",
        by=practitioner.user,
        seen=event.pk,
    )


def built(decision: Decision) -> str:
    return what_was_seen.rebuilt(what_was_seen.stored(decision.pk)).decode()


def address(decision: Decision) -> str:
    return f"/reviews/{decision.revision.intake.reference}/decisions/{decision.pk}/"


class TestTheDocument:
    @pytest.mark.parametrize("words", [LINE, WORDS, FOUND, "the small blue one", "neck_back"])
    def test_holds_what_stood_beside(self, decision, words):
        beside = built(decision).split('"decision":')[0]

        assert beside.startswith('{"beside":')
        assert words in beside

    def test_is_the_same_after_more_was_asked_called_and_published(
        self, decision, practitioner, questions, today
    ):
        before = built(decision)
        newer = changed(of(decision.revision), questions, today, phone="020 7946 1111")
        open_form(intake=of(newer), by=practitioner.user)
        replied(asked_about(newer, practitioner.user, ""), words="And aspirin.")
        called(of(newer), practitioner, "Again.")
        weighs("diabetes", *STOP)
        forget()

        with override("es"), timezone.override(timezone.get_fixed_timezone(-480)):
            assert built(decision) == before
        assert what_was_seen.matches(what_was_seen.stored(decision.pk))

    @pytest.mark.parametrize("version", [1, 2])
    def test_of_an_earlier_version_is_built_as_it_was(self, decision, version):
        of_today = what_was_seen.stored(decision.pk)
        of_today.seen.version, of_today.seen.beside = version, None

        text = what_was_seen.rebuilt(of_today).decode()

        assert '"beside"' not in text
        assert ('"flags_seen"' in text) == (version == 2)
        assert text.startswith('{"decision":')


class TestThePage:
    def test_shows_it(self, signed_in, decision):
        page = " ".join(signed_in.get(address(decision)).content.decode().split())

        assert "This is what was seen: it matches." in page
        assert f"<q>{WORDS}</q>" in page
        assert FOUND in page
        assert "<dt>Metformin 500 mg twice a day</dt> <dd><p><strong>metformin</strong>" in page
        assert "Not recognised. Ask what it is." in page
        assert "Not to be touched or needled</dt><dd>Back of neck" in page

    def test_shows_nothing_that_came_later(
        self, signed_in, decision, practitioner, questions, today
    ):
        newer = changed(of(decision.revision), questions, today, phone="020 7946 1111")
        open_form(intake=of(newer), by=practitioner.user)
        replied(asked_about(newer, practitioner.user, ""), words="And aspirin.")

        page = signed_in.get(address(decision)).content.decode()

        assert WORDS in page
        assert "And aspirin." not in page

    def test_of_an_older_decision_says_what_was_not_kept(self, signed_in, decision):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("review_seen", "review_seen_append_only")
        run("UPDATE review_seen SET version = 2, beside = NULL")

        page = signed_in.get(address(decision)).content.decode()

        assert "were not kept with decisions as old as this one" in page
        assert WORDS not in page


CODE = "UPDATE review_askquestion SET code = 'diabetes' WHERE code = ''"
TAMPERED = {
    "a reply": ("review_reply", "UPDATE review_reply SET cannot_say = true"),
    "a reply that vanishes": ("review_reply", "DELETE FROM review_reply"),
    "what was asked about": ("review_askquestion", CODE),
    "how a call ended": ("review_contact", "UPDATE review_contact SET outcome = 'no_answer'"),
    "a call that vanishes": ("review_contact", "DELETE FROM review_contact"),
    "what was kept": ("review_seen", "UPDATE review_seen SET beside = NULL"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_row_does_not_pass(signed_in, decision, what):
    table, change = TAMPERED[what]
    run("SET CONSTRAINTS ALL IMMEDIATE")
    without(table, f"{table}_append_only")
    run(change)

    page = signed_in.get(address(decision)).content.decode()

    assert "This does not match what was seen." in page
    assert "it matches" not in page
