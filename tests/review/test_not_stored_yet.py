"""Saving with no text for the patient, or asking what they will read: it is said first on the page
that nothing is stored yet, and where to go on."""

import pytest
from decision_forms import decision_for
from factories import make_sent

from intake.review.models import Decision
from intake.submission.models import Revision

DRAFTED = "Acupuncture and massage both fit what you told us."


@pytest.fixture
def sent(patient) -> Revision:
    return make_sent(patient)


def page_after(client, sent: Revision, **changes: str) -> str:
    address = f"/reviews/{sent.intake.reference}/"
    client.get(address)
    answer = client.post(f"{address}decide/", decision_for(sent, **changes))
    assert answer.status_code == 200
    assert not Decision.objects.exists()
    return answer.content.decode()


def before(page: str) -> str:
    """Before the heading of the page."""
    return page.partition("<main")[2].partition("<h1")[0]


@pytest.mark.parametrize("button", [{}, {"next": "1"}])
def test_saving_without_words_says_first_that_nothing_is_stored(signed_in, sent, button):
    page = page_after(signed_in, sent, for_patient="", **button)

    assert "<title>Not stored yet: Review" in page
    assert "Your decision is not stored yet" in before(page)
    assert 'role="alert" tabindex="-1" autofocus' in before(page)
    assert 'href="#preview"' in before(page)


def test_asking_what_they_will_read_says_so_calmly(signed_in, sent):
    page = page_after(signed_in, sent, preview="1")

    assert "<title>Not stored yet: Review" in page
    assert f"This is what {sent.intake.patient} will read. It is not stored yet." in before(page)
    assert "error-summary" not in page
    assert 'role="alert"' not in page


def test_what_they_will_read_stands_right_above_the_buttons(signed_in, sent):
    page = page_after(signed_in, sent, for_patient="")

    section = page.partition('id="preview"')[2].partition("<button>Save the decision")[0]
    assert DRAFTED in section
    assert "<textarea" not in section


def test_saving_once_more_stores_what_was_read(signed_in, sent):
    page_after(signed_in, sent, for_patient="")

    address = f"/reviews/{sent.intake.reference}/decide/"
    page = signed_in.post(address, decision_for(sent, for_patient=DRAFTED), follow=True)

    assert Decision.objects.get().for_patient == DRAFTED
    assert "ot stored yet" not in page.content.decode()


def test_what_must_be_put_right_is_still_an_error(signed_in, sent):
    address = f"/reviews/{sent.intake.reference}/decide/"
    typed = decision_for(sent, for_patient="", massage="")

    page = signed_in.post(address, typed).content.decode()

    assert "<title>Error: Review" in page
    assert "ot stored yet" not in page
