"""Whatever is sent to any page: a sentence, a redirect, a 400 or a 404; never an error of ours."""

import re

import pytest
from django.utils import timezone
from route_table import TABLE
from signing_in import client_of

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake
from intake.submission.services import begin, save_answers
from tests.submission.filling import plain_answers

RUBBISH = {
    "nothing": None,
    "empty": "",
    "null": "a\x00b",
    "long": "x" * 30_000,
    "number": "-99999999999999999999",
    "digits": "٣٣",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}",
    "lone_surrogate_name": "\ufffe\u202e",
    "several": ["a", "b", "yes"],
}
ASKED_FOR = ("day", "from", "what", "next", "mine", "q", "page")
REFERENCES = ("T-2222-2222", "T-0000-0000", "t-2222-2222", "1", "%00", "T-2222-2222%0a", "..%2f")


def names(page: str) -> set[str]:
    """The inputs of a page, but for the form token."""
    return set(re.findall(r'<(?:input|select|textarea|button)[^>]*? name="([^"]+)"', page)) - {
        "csrfmiddlewaretoken"
    }


def rubbish_for(fields: set[str], kind: str) -> dict:
    value = RUBBISH[kind]
    return {} if value is None else dict.fromkeys(fields, value)


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


class TestEveryRoute:
    @pytest.mark.parametrize("name", TABLE)
    def test_stands_rubbish_in_its_form_and_its_address(self, people, addresses, name):
        for who in TABLE[name] or {"patient"}:
            client, address = people[who], addresses[name]
            fields = names(client.get(address).content.decode()) | {"token", "name", "revision"}
            for kind in RUBBISH:
                asked = rubbish_for(set(ASKED_FOR), kind)
                assert client.get(address, asked).status_code < 500, (who, kind)
                answer = client.post(address, rubbish_for(fields, kind))
                assert answer.status_code < 500, (who, kind)
                assert b"<script>alert" not in answer.content
            if name == "account_logout":
                break

    @pytest.mark.parametrize("reference", REFERENCES)
    def test_with_an_unknown_reference_is_not_found(self, people, addresses, reference):
        for name, address in addresses.items():
            unknown, changed = re.subn(r"T-[^/]+", reference, address)
            if changed and name != "submission:emergency":
                for who in ("patient", "practitioner", "reception"):
                    status = people[who].get(unknown).status_code
                    assert status in (404, 405), (name, who, status)


class TestEveryQuestionPage:
    @pytest.fixture
    def draft(self, patient) -> Intake:
        load_rules()
        questions = outline(load_questions().pk)
        intake = begin(by=patient.account)
        answers = plain_answers(questions, timezone.localdate())
        return save_answers(intake=intake, answers=answers, by=patient.account)

    @pytest.mark.parametrize("kind", RUBBISH)
    def test_keeps_what_was_saved_before(self, draft, patient, kind):
        client = client_of(patient.account)
        base = f"/me/intake/{draft.reference}"
        before = draft.answers
        for page in outline(draft.question_set_id).pages():
            address = f"{base}/{page.section}/{page.number}/"
            shown = client.get(address)
            if shown.status_code == 404:  # not asked of this person
                continue
            answer = client.post(address, rubbish_for(names(shown.content.decode()), kind))
            assert answer.status_code in (200, 302, 422), (address, answer.status_code)

        draft.refresh_from_db()
        assert draft.state == "draft"
        lost = {code for code in before if code not in draft.answers}
        assert not lost & {"full_name", "born", "signature"}, lost
