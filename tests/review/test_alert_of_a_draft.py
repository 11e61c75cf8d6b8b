"""An urgent answer on a form that was never sent says whom to call, not a number."""

import re

import pytest

from clinic.people.models import Patient
from intake.submission.models import EmergencyEvent, Intake
from intake.submission.services import save_answers


def alarmed(intake: Intake) -> Intake:
    EmergencyEvent.objects.create(
        intake=intake, codes=["em_stroke"], message="M6", happened="shown"
    )
    return intake


def said(client, intake: Intake) -> tuple[str, str]:
    """Of the queue's alert, and the headline of its page."""
    queue = client.get("/reviews/").content.decode()
    row = queue[queue.index('<ul class="alerts">') :].split("</li>")[0]
    page = client.get(f"/reviews/{intake.reference}/urgent/").content.decode()
    return re.sub("<[^>]+>", "", row), re.search("<h1>(.*?)</h1>", page)[1]


@pytest.fixture
def nameless(draft) -> Intake:
    Patient.objects.update(name="", born=None)
    return Intake.objects.select_related("patient__account").get(pk=draft.pk)


def test_is_called_by_what_was_typed_so_far(signed_in, nameless):
    typed = {"full_name": "Rosa Typed", "born": "1980-01-01"}
    save_answers(intake=nameless, answers=typed, by=nameless.patient.account)

    row, headline = said(signed_in, alarmed(nameless))

    assert re.search(r"Rosa Typed, \d\d, ", row)
    assert re.fullmatch(r"Urgent: Rosa Typed, \d\d", headline)
    assert nameless.patient.reference not in row + headline


@pytest.mark.parametrize("born", ["", "someday"])
def test_is_called_like_the_account_before_anything_was_typed(signed_in, nameless, born):
    save_answers(intake=nameless, answers={"born": born}, by=nameless.patient.account)
    row, headline = said(signed_in, alarmed(nameless))

    assert row.strip().startswith(f"{nameless.patient.account}, ")
    assert headline == f"Urgent: {nameless.patient.account}"


def test_of_someone_looked_after_says_whose_account_it_is(signed_in, nameless):
    Patient.objects.update(relation="child")

    _, headline = said(signed_in, alarmed(nameless))

    assert headline == f"Urgent: Someone {nameless.patient.account} looks after"


def test_a_name_that_is_stored_counts(signed_in, draft):
    Patient.objects.update(name="Rosa Okafor", born="1980-01-01")

    _, headline = said(signed_in, alarmed(draft))

    assert headline.startswith("Urgent: Rosa Okafor, ")
