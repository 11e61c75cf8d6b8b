from collections import Counter

from intake.booking.models import Visit
from intake.demo.services import fill
from intake.submission.models import Intake


class TestTheDemoClinic:
    def test_has_patients_in_every_state_and_twice_adds_nothing(self, db):
        assert fill(patients=20) == 20
        assert fill(patients=20) == 0

        assert Counter(Intake.objects.values_list("state", flat=True)) == {
            "draft": 2,
            "submitted": 8,
            "in_review": 4,
            "decided": 6,
        }
        assert Visit.objects.standing().count() == 2
