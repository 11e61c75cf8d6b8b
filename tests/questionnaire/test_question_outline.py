"""Which pages come, what is missing, what still counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.questionnaire import outline as reading
from intake.questionnaire.models import Page, Question, QuestionSet, Section
from intake.questionnaire.outline import outline

TODAY = date(2026, 11, 24)
ADULT = {"born": "1980-01-01"}


def codes(things) -> list[str]:
    return [thing.code for thing in things]


class TestReadingASet:
    def test_takes_five_queries_and_none_the_second_time(self, published):
        reading._published.clear()

        with CaptureQueriesContext(connection) as first:
            whole = outline(published.pk)
        with CaptureQueriesContext(connection) as second:
            again = outline(published.pk)

        assert len(first) == 5
        assert len(second) == 0
        assert again is whole

    def test_reads_a_draft_anew_each_time(self, db):
        draft = QuestionSet.objects.create(number=1, title="Draft")
        outline(draft.pk)

        section = Section.objects.create(question_set=draft, code="new", title="New", position=1)
        page = Page.objects.create(question_set=draft, section=section, code="p", position=1)
        Question.objects.create(
            question_set=draft, page=page, code="q", kind="text", label="Q?", position=1
        )

        assert codes(outline(draft.pk).questions()) == ["q"]
        assert outline(draft.pk).page("p").title == "Q?"

    def test_of_no_set_says_so(self, db):
        with pytest.raises(QuestionSet.DoesNotExist):
            outline(999)

    @pytest.mark.parametrize("find", ["section", "page", "question"])
    def test_names_what_is_not_there(self, whole, find):
        with pytest.raises(KeyError):
            getattr(whole, find)("nothing")


class TestTheWay:
    def test_opens_a_rating_page_for_each_chosen_goal(self, whole, today):
        pages = codes(whole.asked_pages("why", {"goals": ["pain", "sleep"]}, today))

        assert pages == [
            "own_words", "since", "seen_by_doctor", "goals", "rating_pain", "rating_sleep", "wants",
        ]  # fmt: skip

    def test_goes_page_by_page_to_the_end_of_the_part(self, whole, today):
        answers = {"goals": ["sleep"]}

        assert whole.next_page("goals", answers, today).code == "rating_sleep"
        assert whole.next_page("rating_sleep", answers, today).code == "wants"
        assert whole.next_page("wants", answers, today) is None
        assert whole.previous_page("wants", answers, today).code == "rating_sleep"
        assert whole.previous_page("own_words", answers, today) is None

    def test_goes_on_from_a_page_that_is_no_longer_asked(self, whole, today):
        assert whole.next_page("rating_pain", {"goals": []}, today).code == "wants"

    @pytest.mark.parametrize(
        ("born", "asked"), [("1980-01-01", True), ("1950-01-01", False), (None, True)]
    )
    def test_asks_about_pregnancy_by_age_only(self, whole, today, born, asked):
        pages = codes(whole.asked_pages("health", {"born": born}, today))

        assert ("pregnancy" in pages) is asked
        assert ("emergency_pregnancy" in pages) is asked

    def test_asks_for_consent_to_each_wanted_treatment(self, whole, today):
        def consents(wants):
            return [
                code
                for code in codes(whole.asked_pages("consent", {"wants": wants}, today))
                if code in ("consent_acupuncture", "consent_massage")
            ]

        assert consents(["acupuncture"]) == ["consent_acupuncture"]
        assert consents(["acupuncture", "massage"]) == ["consent_acupuncture", "consent_massage"]

    def test_asks_only_the_lines_of_a_page_that_apply(self, whole, today):
        page = whole.page("details_clots")

        assert codes(page.asked_questions({"dvt_past": "yes"}, today)) == [
            "where_dvt_past",
            "details_clots",
        ]
        assert page.asked_questions({"dvt_past": "no"}, today) == []


class TestAPart:
    def test_is_not_started_in_progress_then_done(self, whole, today):
        answers = {}
        assert whole.section_status("where", answers, today) == "not_started"

        answers["pain_regions"] = ["neck_back"]
        assert whole.section_status("where", answers, today) == "in_progress"

        answers |= {"pain_regions": [], "treat_regions": []}
        assert whole.section_status("where", answers, today) == "done"

    def test_is_in_progress_again_when_an_answer_opens_a_page(self, whole, today):
        answers = {
            "own_words": "x", "since_when": "week", "undiagnosed_serious_symptom": "no",
            "goals": [], "wants": ["massage"],
        }  # fmt: skip
        assert whole.section_status("why", answers, today) == "done"

        answers["goals"] = ["pain"]
        assert whole.section_status("why", answers, today) == "in_progress"
        assert "rating_pain" in codes(whole.missing(answers, today))

    def test_never_counts_a_blank_safety_answer_as_given(self, whole, today):
        missing = codes(whole.missing({"pacemaker": "", "icd": None, **ADULT}, today))

        assert {"pacemaker", "icd"} <= set(missing)


class TestStaleAnswers:
    def test_to_questions_no_longer_asked_are_dropped(self, whole, today):
        answers = {"goals": ["sleep"], "rating_sleep": 3, "rating_pain": 8}

        assert whole.relevant(answers, today) == {"goals": ["sleep"], "rating_sleep": 3}

    def test_do_not_keep_further_questions_open(self, whole, today):
        answers = {
            "born": "1950-01-01",
            "pregnancy": {"answer": "yes", "weeks": 9},
            "pregnancy_high_risk": "yes",
        }

        assert whole.relevant(answers, today) == {"born": "1950-01-01"}

    def test_and_unknown_codes_and_misshapen_values_are_dropped(self, whole, today):
        answers = {"nonsense": "yes", "rating_pain": 3, "goals": "pain", "pacemaker": ["yes"]}

        assert whole.relevant(answers, today) == {}

    def test_are_kept_where_they_were_given(self, whole, today):
        answers = {"goals": ["sleep"], "rating_pain": 8}

        whole.relevant(answers, today)

        assert answers == {"goals": ["sleep"], "rating_pain": 8}


class TestForScreening:
    def test_what_an_answer_rules_out_is_no(self, whole, today):
        said = {"diabetes": "no", "anticoagulant_use": "no", "takes_medicines": "no"}
        screened = whole.for_screening(said, today)

        assert screened["diabetic_foot"] == "no"
        assert screened["anticoagulant_unstable"] == "no"

    def test_a_medicine_not_yet_written_down_rules_nothing_out(self, whole, today):
        said = {"anticoagulant_use": "no", "takes_medicines": "yes"}

        assert "anticoagulant_unstable" not in whole.for_screening(said, today)

    def test_silence_rules_nothing_out(self, whole, today):
        screened = whole.for_screening({}, today)

        assert screened == {}

    def test_not_sure_rules_nothing_out(self, whole, today):
        assert "diabetic_foot" not in whole.for_screening({"diabetes": "not_sure"}, today)

    def test_age_rules_pregnancy_out(self, whole, today):
        screened = whole.for_screening({"born": "1950-01-01"}, today)

        assert screened["em_pregnancy"] == "no"
        assert screened["pregnancy_high_risk"] == "no"
        assert "pregnancy" not in screened

    def test_an_answer_that_was_ruled_out_later_does_not_come_back(self, whole, today):
        screened = whole.for_screening({"diabetes": "no", "diabetic_foot": "yes"}, today)

        assert screened["diabetic_foot"] == "no"


class TestAlarms:
    def test_come_most_urgent_first(self, whole, today):
        answers = {"em_dvt": "yes", "em_stroke": "yes", "em_seizure": "no", "em_sepsis": "not_sure"}

        found = [(a.question, a.message, a.urgency) for a in whole.alarms(answers, today)]

        assert found == [("em_stroke", "M6", "R0"), ("em_dvt", "M2", "R1")]

    @pytest.mark.parametrize(
        ("said", "urgency"), [("thoughts", "R1"), ("plan_or_acted", "R0"), ("rather_talk", "R1")]
    )
    def test_answer_every_call_for_help(self, whole, today, said, urgency):
        assert [a.urgency for a in whole.alarms({"em_suicide": said}, today)] == [urgency]

    def test_point_to_a_message_of_the_same_version(self, whole):
        for question in whole.questions():
            if "alarms" in question.extras:
                assert whole.messages[question.extras["message"]]["text"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    | st.sampled_from(["yes", "no", "not_sure", "pain", "acupuncture", "1950-01-01"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["answer", "weeks", "name"]), inner, max_size=2),
    max_leaves=5,
)  # fmt: skip


class TestAnyAnswers:
    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(data=st.data())
    def test_leave_only_what_is_asked_and_change_nothing_when_repeated(self, whole, data):
        known = [question.code for question in whole.questions()]
        answers = data.draw(st.dictionaries(st.sampled_from([*known, "zzz"]), JSON, max_size=12))

        relevant = whole.relevant(answers, TODAY)

        for code, value in relevant.items():
            assert whole.question(code).words(value)
        assert set(relevant) <= set(codes(whole.asked_questions(answers, TODAY)))
        assert whole.relevant(relevant, TODAY) == relevant
        assert whole.asked_questions(relevant, TODAY) == whole.asked_questions(answers, TODAY)
