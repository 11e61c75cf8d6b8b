"""A name or a reference leads to every form that was sent, whatever became of it."""

import pytest
from factories import make_patient, make_sent
from queue_steps import due, names

from intake.review import queue_rows
from intake.submission.models import Intake
from intake.submission.withdrawing import withdraw
from tests.review.changed_forms import decided


@pytest.fixture
def several(practitioner) -> dict[str, Intake]:
    """One family, and what became of each form."""
    found = {}
    for became in ("open", "decided", "withdrawn", "overdue"):
        person = make_patient(f"{became}@example.org", f"Wren {became.capitalize()}")
        sent = make_sent(person, wants=("massage",))
        due(sent, hours=1 if became == "overdue" else -5)
        found[became] = Intake.objects.select_related("patient").get(pk=sent.intake_id)
        if became == "decided":
            decided(sent, practitioner.user)
        if became == "withdrawn":
            withdraw(intake=found[became], by=person.account)
    return found


def test_a_name_finds_what_is_open_first_and_then_the_others(signed_in, several):
    found = names(signed_in, "?tab=all&q=wren")

    assert found[:2] == ["Wren Overdue", "Wren Open"]
    assert set(found[2:]) == {"Wren Decided", "Wren Withdrawn"}


def test_a_reference_finds_a_form_that_is_decided_and_leads_to_it(signed_in, several):
    reference = several["decided"].reference

    page = signed_in.get(f"/reviews/?tab=all&q={reference.lower()}").content.decode()

    assert names(signed_in, f"?tab=all&q={reference.lower()}") == ["Wren Decided"]
    assert f"/reviews/{reference}/" in page
    assert "<strong>Decided</strong> since" in page
    assert "Overdue since" not in page
    assert signed_in.get(f"/reviews/{reference}/").status_code == 200


def test_what_is_decided_and_on_hold_says_so(signed_in, several):
    address = f"/reviews/?tab=all&q={several['decided'].reference.lower()}"
    assert "On hold" not in signed_in.get(address).content.decode()

    make_sent(several["decided"].patient)

    page = signed_in.get(address).content.decode()
    assert "On hold.</strong> The patient has told us something new" in page


def test_what_is_taken_back_can_be_opened(signed_in, several):
    reference = several["withdrawn"].reference
    assert signed_in.get(f"/reviews/{reference}/").status_code == 200


def test_nothing_more_is_shown_without_a_word(signed_in, several):
    assert set(names(signed_in, "?tab=all")) == {"Wren Overdue", "Wren Open"}
    assert set(names(signed_in, "?tab=all&wants=massage")) == {"Wren Overdue", "Wren Open"}


def test_a_form_that_was_never_sent_is_not_found(signed_in, draft):
    assert names(signed_in, f"?tab=all&q={draft.reference}") == []


def test_the_page_says_what_is_looked_through(signed_in, several):
    without = signed_in.get("/reviews/?tab=all").content.decode()
    within = signed_in.get("/reviews/?tab=all&q=wren").content.decode()

    assert "With a name or a reference, this also finds forms that are decided" in without
    assert "All forms that were sent</h2>" in within
    assert "Decided, closed and taken back forms are looked through as well." in within


def test_another_tab_that_finds_nothing_leads_there(signed_in, several):
    page = signed_in.get("/reviews/?tab=needs&q=wren+decided").content.decode()

    assert "?tab=all&amp;q=wren%20decided" in page
    assert names(signed_in, "?tab=all&q=wren%20decided") == ["Wren Decided"]


def test_the_next_pages_show_each_once(signed_in, several, monkeypatch):
    monkeypatch.setattr(queue_rows, "SHOWN", 1)
    seen, query = [], "?tab=all&q=wren"
    for _ in several:
        answer = signed_in.get(f"/reviews/{query}")
        seen += names(signed_in, query)
        query = f"?tab=all&q=wren&behind={answer.context['page'].behind.replace('+', '%2B')}"

    assert len(seen) == len(set(seen)) == len(several)
