"""The places that bother most: chosen among those marked, each asked about by itself."""

import pytest
from django.http import QueryDict

from intake.questionnaire import source
from intake.questionnaire.forms import PageForm
from intake.questionnaire.question import ABOUT

MARKED = {"pain_regions": ["neck_back", "left_knee", "left_heel"]}
RATED = {
    "main_place_worst": 7,
    "main_place_now": 3,
    "main_place_feels": ["aching"],
    "main_place_pattern": "constant",
}


@pytest.fixture
def codes(whole, today):
    """Codes of the questions of the part that someone with these answers is asked."""

    def asked(answers: dict) -> list[str]:
        questions = whole.asked_questions(answers, today)
        return [question.code for question in questions if question.section == "where"]

    return asked


@pytest.fixture
def offered(whole, today):
    def words(page: str, answers: dict) -> list[str]:
        form = PageForm(whole.page(page), answers, today)
        return [label for _, label in form.fields[page].choices]

    return words


class TestThePlaces:
    def test_to_choose_from_are_those_marked_and_no_others(self, offered):
        assert offered("main_place", MARKED) == ["Back of neck", "Left knee", "Left heel and sole"]

    def test_to_choose_next_are_those_left_or_none(self, offered):
        said = MARKED | {"main_place": "left_knee"}

        assert offered("second_place", said) == [
            "Back of neck",
            "Left heel and sole",
            "No other place",
        ]
        said |= {"second_place": "neck_back"}
        assert offered("third_place", said) == ["Left heel and sole", "No other place"]

    def test_are_not_asked_about_where_nothing_hurts(self, codes):
        assert codes({"pain_regions": []}) == ["pain_regions", "treat_regions"]

    def test_end_with_no_other_place(self, codes):
        said = MARKED | {"main_place": "left_knee", "second_place": "none"}

        assert not {"second_place_worst", "third_place"} & set(codes(said))

    def test_of_which_there_is_one_need_no_choice(self, codes, whole, today):
        said = {"pain_regions": ["left_knee"]}

        assert "main_place" not in codes(said) and "second_place" not in codes(said)
        assert whole.relevant(said, today)["main_place"] == "left_knee"
        assert "main_place_worst" in codes(said)

    def test_that_are_no_longer_marked_must_be_chosen_anew(self, whole, today):
        said = {"pain_regions": ["neck_back", "left_heel"], "main_place": "left_knee"}

        assert "main_place" in [question.code for question in whole.missing(said, today)]

    @pytest.mark.parametrize("value", ["left_hand", "none", "<b>", ""])
    def test_are_only_taken_from_the_list(self, whole, today, value):
        form = PageForm(whole.page("main_place"), MARKED, today, QueryDict(f"main_place={value}"))

        assert not form.is_valid()
        assert form.answers() == {}


class TestWhatIsSaidOfAPlace:
    @pytest.fixture
    def rated(self, whole, today):
        return whole.with_subjects(MARKED | {"main_place": "left_knee"} | RATED, RATED, today)

    def test_stands_under_its_name(self, whole, today, rated):
        assert (
            PageForm(whole.page("main_place_how"), rated, today).heading
            == "Left knee: how it feels"
        )

    def test_counts_for_that_place(self, whole, today, rated):
        assert rated[ABOUT] == dict.fromkeys(RATED, "left_knee")
        assert RATED.items() <= whole.relevant(rated, today).items()

    def test_never_counts_for_another_that_took_its_place(self, whole, today, rated):
        moved = rated | {"main_place": "neck_back"}

        assert not RATED.keys() & whole.relevant(moved, today).keys()
        assert "checked" not in str(PageForm(whole.page("main_place_how"), moved, today))

    def test_is_there_again_when_the_place_is(self, whole, today, rated):
        without = whole.relevant(rated | {"pain_regions": []}, today)

        assert not RATED.keys() & without.keys()
        assert RATED.items() <= whole.relevant(rated, today).items()


@pytest.mark.parametrize("key", ["about", "follows", "options_from"])
def test_a_set_that_takes_places_from_a_later_page_is_refused(key):
    changed = source.default()
    changed["sections"][0]["pages"][0]["questions"][0][key] = "pain_regions"

    assert source.problems(changed) == [
        "page who_fills_in depends on pain_regions, which is not asked on an earlier page"
    ]
