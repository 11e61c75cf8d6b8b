"""What a practitioner reads at a glance: in the queue, in the flags, beside the decision."""

import pytest
from django.template.loader import render_to_string
from factories import make_sent

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.review.flags import FlagShown, by_concern, flags_shown
from intake.review.forms import DecisionForm
from intake.review.reading import besides
from intake.screening.levels import BY_CODE, MODALITIES
from intake.submission.models import Flag, Revision
from tests.screening.screening_documents import RULES

QUESTION = "Does metal (nickel) give you a rash?"
STOP, ASK = "level level-stop", "level level-ask"


@pytest.fixture
def page_of(signed_in):
    return lambda revision: signed_in.get(f"/reviews/{revision.intake.reference}/").content.decode()


def shown(code: str, **levels: str) -> list[FlagShown]:
    """One flag as it is read; a therapy not named has no level."""
    levels = dict.fromkeys(MODALITIES, "none") | levels
    rank = max(BY_CODE[level] for level in levels.values())
    weights = {f"{each}_weight": BY_CODE[levels[each]] for each in ("acupuncture", "massage")}
    details = {"levels": levels}
    return flags_shown([Flag(pk=1, code=code, rank=rank, details=details, **weights)], RULES)


class TestTheQueue:
    @pytest.mark.parametrize(
        ("flags", "shown"),
        [
            ({"answer_unknown": "consult_first"}, ASK),
            ({"answer_unknown": "consult_first", "diabetes": "caution"}, ASK),
            ({"answer_unknown": "consult_first", "heart_failure": "consult_first"}, STOP),
            ({"heart_failure": "consult_first"}, STOP),
        ],
    )
    def test_says_ask_where_nothing_weighs_more_than_an_open_question(
        self, signed_in, patient, flags, shown
    ):
        make_sent(patient, flags=flags)

        page = signed_in.get("/reviews/").content.decode()

        assert [name for name in (STOP, ASK) if name in page] == [shown]


class TestAnOpenQuestion:
    def test_stands_in_its_flag_and_only_there(self, page_of, patient):
        flags = {"answer_unknown": "consult_first"}
        revision = make_sent(patient, flags=flags, unanswered=["metal_allergy"])

        page = page_of(revision)

        asked_by_name = f"about this: {QUESTION}"
        assert page.count(QUESTION) - page.count(asked_by_name) == 1
        assert page.index(ASK) < page.index(QUESTION) < page.index('id="words"')

    def test_is_no_stop_in_the_decision(self, page_of, patient):
        revision = make_sent(patient, flags={"answer_unknown": "consult_first"})

        page = page_of(revision)

        assert page.count(ASK) == 2
        assert STOP not in page


class TestAFlag:
    def test_names_therapies_of_one_level_together(self):
        levels = {"acupuncture": "caution", "electroacupuncture": "caution", "heat": "note"}

        [concern] = by_concern(shown("diabetes", **levels))

        assert concern.therapies == [
            ("acupuncture, electroacupuncture", "with changes"),
            ("heat", "good to know"),
        ]
        page = render_to_string("components/concern.html", {"concern": concern})
        assert page.count("Acupuncture, electroacupuncture: with changes") == 2

    def test_that_rules_a_therapy_out_is_said_before_anything_is_chosen(self):
        flags = shown("bleeding_disorder", acupuncture="contraindicated", massage="caution")
        form = DecisionForm(therapies=["acupuncture", "massage"], flags=flags)

        page = render_to_string("review/decision_fields.html", {"form": form})

        assert "Bleeding disorder: this rules acupuncture out." in page
        assert "this rules massage out." not in page


@pytest.mark.django_db
class TestATextThatNeedsAReader:
    def test_is_quoted_where_it_is_asked_to_be_read_unless_it_stands_below(self):
        unread = [
            {"field": "allergies", "text": "Plasters <b>", "why": "no_match"},
            {"field": "own_words", "text": "My shoulder has been stiff.", "why": "no_match"},
        ]
        revision = Revision(screening={"read_yourself": unread})

        found = besides(revision, outline(load_questions().pk), RULES)

        assert [text for _, _, text in found.unread] == ["Plasters <b>", ""]
        page = render_to_string("review/case_flags.html", {"besides": found})
        assert "<q>Plasters &lt;b&gt;</q>" in page
        assert page.count("<q>") == 1
