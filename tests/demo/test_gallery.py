"""The gallery shows every component that pages are made of."""

import pytest
from signing_in import client_of

from intake.demo.gallery import ALONE, ON_EVERY_PAGE, names, shown
from intake.demo.gallery_samples import SAMPLES


def test_has_samples_of_every_component_and_of_no_other():
    assert set(SAMPLES) == set(names()) - ON_EVERY_PAGE - ALONE


@pytest.mark.parametrize("each", list(shown()), ids=lambda each: each.component)
def test_each_says_what_it_takes(each):
    assert "Takes" in each.takes


def test_draws_every_sample_for_those_who_work_here(practitioner):
    page = client_of(practitioner.user).get("/gallery/").content.decode()

    assert [name for name in SAMPLES if f'id="c-{name}"' not in page] == []
    assert page.count('class="sample"') == sum(map(len, SAMPLES.values()))


def test_is_not_for_patients(account):
    assert client_of(account).get("/gallery/").status_code == 404
