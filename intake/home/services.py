"""Adding someone whom the account looks after. One transaction, one trace."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic.audit.services import record
from clinic.errors import Refused
from clinic.people import policy
from clinic.people.models import Patient, User

MOST = 12


class TooMany(Refused):
    sentence = _("You look after as many people here as one account can. Call us to add more.")


@transaction.atomic
def look_after(*, name: str, relation: str, by: User) -> Patient:
    """The person of this name; pressing twice adds nobody twice. Raises TooMany, NotAllowed."""
    policy.require(by, "patient")
    User.objects.select_for_update().get(pk=by.pk)
    people = list(Patient.objects.looked_after_by(by))
    for person in people:
        same = person.name.casefold() == name.casefold() and person.relation == relation
        if same or (person.is_account_holder and relation == Patient.Relation.SELF):
            return person
    if len(people) >= MOST:
        raise TooMany
    person = Patient.objects.create(account=by, name=name, relation=relation)
    record(action="person_added", by=by, patient=person, reference=person.reference)
    return person
