import json
from dataclasses import replace

import pytest
from rule_set_steps import PAGES, change, changed
from screening_documents import RULES, document

from intake.screening import documents
from intake.screening.editing.result_comparison import compare
from intake.screening.editing.trying import MOST, sample_document, samples, try_text
from intake.screening.engine import screen
from intake.screening.models import RuleSet
from intake.screening.reading_files import BadInput

DIABETES = document(answers={"diabetes": "yes", "icd": "yes"})


def tried(now, said: dict = DIABETES):
    return compare(screen(said, RULES), screen(said, now))


class TestComparingResults:
    def test_of_the_same_rules_finds_nothing(self):
        change = tried(RULES)

        assert {flag.change for flag in change.flags} == {"same"}
        assert not (change.is_lowered or change.is_raised or change.has_other_suggestion)

    def test_finds_a_flag_that_weighs_less_or_more(self):
        massage = RULES.rule("diabetes").levels[3]

        assert massage not in ("none", "contraindicated")
        assert tried(changed("conditions", "diabetes", massage="none")).codes("lowered") == [
            "diabetes"
        ]
        assert tried(changed("conditions", "diabetes", massage="contraindicated")).codes(
            "raised"
        ) == ["diabetes"]

    def test_finds_what_is_lost_and_added_and_another_suggestion(self):
        said = document(answers={"em_stroke": "yes"})
        calm = screen(document(), RULES)
        urgent = screen(said, RULES)

        lost, added = compare(urgent, calm), compare(calm, urgent)

        assert (lost.codes("lost"), added.codes("added")) == (["em_stroke"], ["em_stroke"])
        assert lost.is_lowered and added.is_raised
        assert lost.suggestion == ("emergency", "combined")
        assert lost.urgency == ("R0", "")

    def test_calls_a_flag_lowered_when_another_modality_rose(self):
        now = changed("conditions", "diabetes", massage="none", heat="contraindicated")

        assert tried(now).codes("lowered") == ["diabetes"]


class TestSamples:
    @pytest.mark.parametrize("name", samples())
    def test_are_documents_the_site_accepts(self, name):
        documents.check(sample_document(name, RULES), RULES)

    @pytest.mark.parametrize(
        ("name", "suggestion"),
        [("well", "combined"), ("urgent", "emergency"), ("silent", "consult_first")],
    )
    def test_are_what_their_titles_say(self, name, suggestion):
        assert screen(sample_document(name, RULES), RULES)["suggestion"] == suggestion


class TestTryingText:
    def test_takes_a_code_that_only_one_version_knows(self):
        rows = [row for row in RULES.rules if row.code != "diabetes"]
        fewer = replace(RULES, rules=tuple(rows))

        [one] = try_text(json.dumps(DIABETES), now=RULES, draft=fewer)
        [other] = try_text(json.dumps(DIABETES), now=fewer, draft=RULES)

        assert one.change.codes("lost") == ["diabetes"]
        assert other.change.codes("added") == ["diabetes"]

    def test_refuses_more_than_a_page_can_show(self):
        with pytest.raises(BadInput, match="try at most 20 at once"):
            try_text(json.dumps([DIABETES] * (MOST + 1)), now=RULES, draft=RULES)


@pytest.mark.django_db
class TestThePageForTrying:
    @pytest.fixture
    def draft(self, draft, ada):
        return change(draft, "conditions", "diabetes", ada, massage="contraindicated")

    @pytest.fixture
    def send(self, draft, as_ada):
        return lambda **form: as_ada.post(f"{PAGES}{draft.pk}/try/", form)

    def test_shows_both_results_beside_each_other(self, send):
        page = send(document=json.dumps(DIABETES)).content.decode()

        assert "Diabetes" in page
        assert '<span class="mark raised">raised</span>' in page
        assert f"massage: {RULES.rule('diabetes').levels[3]}, now contraindicated" in page

    @pytest.mark.parametrize("name", samples())
    def test_takes_each_invented_person(self, send, name):
        assert send(sample=name).status_code == 200

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({}, "Choose a person, or paste a document."),
            ({"sample": "nobody"}, "Select a valid choice."),
            ({"document": "{"}, "document 1, line 1, column 2: not JSON"),
            ({"document": '{"id": "a"}'}, "document 1 (a), on: is missing."),
        ],
    )
    def test_says_what_is_wrong_in_one_line(self, send, form, sentence):
        answer = send(**form)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    @pytest.mark.parametrize("letters", ["\ud83d", "<b>bold</b>", "\x00", "\u202e"])
    def test_shows_any_letters_safely(self, send, letters):
        said = document(id=letters, free_text={letters: letters})

        answer = send(document=json.dumps(said))

        assert answer.status_code == 200
        assert "<b>bold" not in answer.content.decode()

    def test_keeps_nothing(self, send, draft):
        send(document=json.dumps(document(id="SECRET-ID")))

        assert RuleSet.objects.count() == 2
        assert "SECRET-ID" not in str(RuleSet.objects.get(pk=draft.pk).rows)
