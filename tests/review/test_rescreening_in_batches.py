"""The worker reads what is due in batches; killed anywhere, it begins where it was."""

import pytest
from factories import make_clearance, make_patient, make_sent

from intake.review import rescreening
from intake.review.models import Rescreening
from intake.review.rescreening import rescreen_due
from tests.review.published_later import only_named


@pytest.fixture
def many(db, practitioner):
    for number in range(5):
        make_clearance(make_patient(f"p{number}@example.org", f"Person {number}"), practitioner)
    make_sent(make_patient("waits@example.org", "Who Waits"))
    only_named("later")


class TestBatches:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        monkeypatch.setattr(rescreening, "AT_ONCE", 2)

    def test_read_all_that_is_cleared_or_waits(self, many):
        assert rescreen_due() == 6
        assert Rescreening.objects.count() == 6

    def test_go_on_after_a_crash(self, many, monkeypatch):
        store, calls = rescreening._store, []

        def dies(*args):
            calls.append(1)
            if len(calls) == 2:
                raise MemoryError
            return store(*args)

        monkeypatch.setattr(rescreening, "_store", dies)
        with pytest.raises(MemoryError):
            rescreen_due()
        assert Rescreening.objects.count() == 2
        monkeypatch.setattr(rescreening, "_store", store)

        assert rescreen_due() == 4

        assert Rescreening.objects.count() == 6

    def test_what_cannot_be_read_counts_as_raised(self, many):
        rescreen_due()

        read = Rescreening.objects.values_list("could_read", "acupuncture", "massage")
        assert set(read) == {(False, 2, 2)}
