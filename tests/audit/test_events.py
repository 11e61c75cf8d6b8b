import pytest
from django.db import IntegrityError, connection, transaction

from clinic.audit.models import Event
from clinic.audit.services import record


class TestAuditEvents:
    @pytest.mark.parametrize(
        "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"]
    )
    def test_neither_change_nor_vanish(self, patient, statement):
        record(action="read_answers", by=None, patient=patient)

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert Event.objects.get().action == "read_answers"

    def test_could_be_changed_without_the_trigger(self, patient):
        record(action="read_answers", by=None, patient=patient)

        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER audit_event_append_only ON audit_event")
            cursor.execute("UPDATE audit_event SET action = 'x'")

        assert Event.objects.get().action == "x"
