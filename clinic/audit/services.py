from datetime import datetime

from clinic.audit.models import Event
from clinic.people.models import Patient, User


def record(
    *,
    action: str,
    by: User | None,
    patient: Patient | None = None,
    reference: str = "",
    detail: str = "",
    at: datetime | None = None,
) -> Event:
    """Adds one event in the caller's transaction. `detail` holds no health word.

    at: when the change says itself when it happened; otherwise the database's clock.
    """
    return Event.objects.create(
        **({"at": at} if at else {}),
        action=action,
        by=by if by is not None and by.is_authenticated else None,
        patient=patient,
        reference=reference,
        detail=detail,
    )
