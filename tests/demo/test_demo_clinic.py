import socket
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clinic.people.models import Patient
from intake.booking.models import Visit
from intake.demo.services import fill
from intake.referral.models import Letter
from intake.review.urgent import waiting
from intake.submission.models import Intake


class TestTheDemoClinic:
    def test_has_patients_in_every_state_and_twice_adds_nothing(self, db):
        assert fill(patients=20) == 25
        assert fill(patients=20) == 0

        assert Counter(Intake.objects.values_list("state", flat=True)) == {
            "draft": 2,
            "submitted": 9,
            "in_review": 3,
            "asked": 2,
            "second_opinion": 1,
            "withdrawn": 1,
            "expired": 1,
            "decided": 14,
        }
        assert Visit.objects.standing().filter(starts_at__gt=timezone.now()).count() == 3
        assert Counter(Letter.objects.values_list("status", flat=True)) == {
            "drafted": 1,
            "sent": 1,
            "replied": 1,
        }
        assert waiting().count() == 2
        assert max(Counter(Patient.objects.values_list("account", flat=True)).values()) == 2
        assert Intake.objects.waits(at=timezone.now()) is not None

    def test_says_so_when_its_port_is_taken(self, settings):
        settings.DEBUG = True
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]

            with pytest.raises(CommandError, match=f"Something else uses port {port}"):
                call_command("demo", port=port)
