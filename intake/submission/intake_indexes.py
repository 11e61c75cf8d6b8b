"""What keeps the lists of forms quick, however many there are: small indexes on the few rows that a
list shows, in its order."""

from django.db.models import F, Index, Q

from intake.submission.states import OPEN

DUE = F("due_at").asc(nulls_first=True)
INDEXES = [
    Index(fields=["state_since"], condition=Q(state="decided"), name="intake_decided_lately"),
    Index(DUE, "id", condition=Q(state__in=OPEN), name="intake_queue"),
    Index("state", DUE, "id", condition=Q(state__in=OPEN), name="intake_queue_of_a_state"),
    Index(fields=["state_since", "id"], condition=Q(state="closed"), name="intake_closed"),
    Index(fields=["state_since"], condition=Q(state__in=OPEN), name="intake_came_in"),
]
