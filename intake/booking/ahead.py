"""What the review room is told of visits: whether the patient of a form has one ahead."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from intake.booking.models import Visit
from intake.review.queue import has_visit_ahead


@has_visit_ahead
def visit_ahead(now: datetime) -> Exists:
    return Exists(Visit.objects.standing().filter(patient=OuterRef("patient"), ends_at__gt=now))
