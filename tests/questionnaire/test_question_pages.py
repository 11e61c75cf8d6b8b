"""A page of questions as a form."""

from datetime import date

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.questionnaire.forms import PageForm
from intake.questionnaire.question import OptionOutline, QuestionOutline
from intake.questionnaire.shape import PageOutline, SectionOutline, SetOutline

TODAY = date(2026, 11, 24)
OPENING = {
    "other_allergy": "yes",
    "pain_regions": ["neck_back", "left_knee", "right_knee"],
    "main_place": "neck_back",
    "second_place": "left_knee",
    "third_place": "right_knee",
    "born": "1990-01-01",
    "filled_in_by": "for_my_child",
    "goals": ["pain", "stress", "circulation", "sleep", "wellbeing"],
    "wants": ["acupuncture", "massage"],
    "has_doctor": "yes",
    "takes_medicines": "yes",
    "pregnancy": {"answer": "yes", "weeks": 20},
}


def opened(whole) -> dict:
    """Answers that open as many pages as one person can see."""
    safety = {q.code: "yes" for q in whole.questions() if q.kind == "yes_no"}
    return safety | OPENING


def shown_pages(whole) -> list:
    """Every page that is one form, each with answers that open it."""
    answers = opened(whole)
    unsure = answers | {"takes_medicines": "not_sure"}
    return [
        (p, unsure if p.code == "medicines_unknown" else answers)
        for p in whole.pages()
        if not p.listed
    ]


def drawn(page, form) -> str:
    return render_to_string("questionnaire/page_fields.html", {"page": page, "form": form})


class TestAPageForm:
    def test_gives_this_pages_answers(self, whole, today):
        form = PageForm(
            whole.page("blood"),
            {},
            today,
            QueryDict(
                "bleeding_disorder=no&low_platelets=not_sure&sickle_cell=no&aneurysm_known=yes"
            ),
        )

        assert form.is_valid()
        assert form.answers() == {
            "bleeding_disorder": "no",
            "low_platelets": "not_sure",
            "sickle_cell": "no",
            "aneurysm_known": "yes",
        }

    def test_says_line_by_line_what_is_missing(self, whole, today):
        form = PageForm(whole.page("devices"), {}, today, QueryDict("icd=no"))

        assert form.summary_errors == [
            ("id_pacemaker_0", "Choose yes, no or not sure for “Do you have a pacemaker?”."),
            (
                "id_implanted_stimulator_0",
                "Choose yes, no or not sure for “Do you have any other implant with a battery?”.",
            ),
        ]
        assert form.answers()["icd"] == "no"

    def test_leaves_out_what_must_be_corrected_and_keeps_the_rest(self, whole, today):
        form = PageForm(whole.page("contact"), {}, today, QueryDict("phone=12&voicemail=yes"))

        assert not form.is_valid()
        assert form.answers() == {"voicemail": "yes", "address": None}

    def test_clears_an_optional_answer_that_was_taken_back(self, whole, today):
        form = PageForm(whole.page("touch"), {"trauma_touch": "yes"}, today, QueryDict(""))

        assert form.is_valid()
        assert form.answers() == {"trauma_touch": None}

    def test_ignores_values_slipped_in_for_questions_that_are_not_asked(self, whole, today):
        form = PageForm(
            whole.page("details_clots"),
            {"dvt_past": "yes"},
            today,
            QueryDict("where_dvt_past=left_leg&where_dvt_current=right_leg&pacemaker=no"),
        )

        assert form.answers() == {"where_dvt_past": ["left_leg"], "details_clots": None}

    def test_shows_what_was_answered_before(self, whole, today):
        page = whole.page("born")

        html = drawn(page, PageForm(page, {"born": "1973-06-04"}, today))

        for value in ("4", "6", "1973"):
            assert f'value="{value}"' in html

    def test_shows_again_what_was_typed_right_or_wrong(self, whole, today):
        page = whole.page("born")
        form = PageForm(page, {}, today, QueryDict("born__day=99&born__month=Juni&born__year=73"))

        html = drawn(page, form)

        for typed in ("99", "Juni", "73"):
            assert f'value="{typed}"' in html

    def test_ticks_nothing_beforehand(self, whole, today):
        for page in whole.pages():
            html = drawn(page, PageForm(page, OPENING, today))
            if page.section == "consent":
                assert "checked" not in html, page.code

    def test_leaves_a_list_to_pages_of_its_own(self, whole, today):
        page = whole.page("medicines")
        listed = [{"name": "Eliquis", "dose": "5 mg", "how_often": ""}]

        form = PageForm(page, OPENING | {"medicines": listed}, today, QueryDict("medicines=x"))

        assert not form.fields
        assert form.is_valid() and form.answers() == {}


class TestEveryPage:
    def test_has_one_main_heading_and_no_required_attribute(self, whole, today):
        for page, answers in shown_pages(whole):
            html = drawn(page, PageForm(page, answers, today))

            assert html.count("<h1") == 1, page.code
            assert "required" not in html, page.code
            assert "<form" not in html, page.code
            assert "csrf" not in html, page.code

    def test_left_blank_names_each_line_once_and_leads_to_it(self, whole, today):
        for page, answers in shown_pages(whole):
            form = PageForm(page, answers, today, QueryDict(""))
            html = drawn(page, form)

            needed = [question for question in form.questions if question.required]
            assert len(form.summary_errors) == len(needed), page.code
            for target, sentence in form.summary_errors:
                assert f'id="{target}"' in html, (page.code, target)
                assert sentence.endswith((".", "?")), sentence

    def test_gives_every_input_a_name_in_words(self, whole, today):
        for page, answers in shown_pages(whole):
            html = drawn(page, PageForm(page, answers, today))
            for part in html.split("<")[1:]:
                if part.startswith(("input", "textarea")) and 'id="' in part:
                    identity = part.split('id="')[1].split('"')[0]
                    assert f'for="{identity}"' in html, (page.code, identity)

    def test_points_to_descriptions_that_are_there(self, whole, today):
        for page, answers in shown_pages(whole):
            html = drawn(page, PageForm(page, answers, today, QueryDict("")))
            for part in html.split('aria-describedby="')[1:]:
                for identity in part.split('"')[0].split():
                    assert f'id="{identity}"' in html, (page.code, identity)


HOSTILE = "<script>alert(1)</script>{{ 7|add:7 }}{% now %}&amp;\"'"


class TestWordsFromTheDatabase:
    @pytest.mark.parametrize(
        "kind", ["text", "yes_no", "choice", "choices", "consent", "signature"]
    )
    def test_are_shown_as_written_never_as_markup(self, today, kind):
        question = QuestionOutline(
            code="q", kind=kind, label=HOSTILE, hint=HOSTILE, page="p", section="s",
            options=(OptionOutline("a", HOSTILE),) if kind != "consent" else (),
            extras={
                "missing": HOSTILE, "statement": HOSTILE, "none_label": HOSTILE,
                "parts": [{"heading": HOSTILE, "points": [HOSTILE]}],
            },
        )  # fmt: skip
        page = PageOutline("p", "s", HOSTILE, why=HOSTILE, questions=(question,))
        SetOutline(1, 1, "T", {}, (SectionOutline("s", "S", "", (page,)),))

        html = drawn(page, PageForm(page, {}, today, QueryDict(f"q={'x' * 300}")))

        assert "<script" not in html
        assert "&lt;script&gt;alert(1)" in html
        assert "{{ 7|add:7 }}" in html


NAMES = ["born__day", "medicines", "medicines__0_name", "q", ""]
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["yes", "on", "\x00", "\ud800", "9" * 5000, "a" * 9000, "1e200000", "NaN", "²", "\u202e"]
    ),
)


class TestAnyPost:
    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(data=st.data())
    def test_to_any_page_gets_a_defined_answer(self, whole, data):
        for page, answers in shown_pages(whole):
            names = list(PageForm(page, answers, TODAY).fields)
            posted = QueryDict(mutable=True)
            for name in data.draw(st.lists(st.sampled_from([*names, *NAMES]), max_size=4)):
                posted.setlist(name, data.draw(st.lists(VALUES, max_size=3)))

            form = PageForm(page, answers, TODAY, posted)

            form.is_valid()
            drawn(page, form)
            for code, answer in form.answers().items():
                question = whole.question(code)
                assert answer is None or question.is_answered(answer), (code, answer)
                assert answer is None or question.words(answer)
                str(answer).encode()

    @pytest.mark.parametrize("value", [None, 3, ["yes"], {"a": 1}, b"yes", [["x"]]])
    def test_that_is_not_even_text_gets_a_defined_answer(self, whole, today, value):
        for page, answers in shown_pages(whole):
            names = PageForm(page, answers, today).fields

            form = PageForm(page, answers, today, dict.fromkeys(names, value))

            form.is_valid()
            drawn(page, form)
