"""The people one account looks after, and which of them a page is about.

The address says it, never the session: two pages open side by side stay about two people.
"""

from dataclasses import dataclass

from django.http import Http404

from clinic.people.models import Patient, User

ME = ("me/", "me/for/<reference:person>/")
"""How an address of a patient's page begins: about the account holder, or about one person."""


@dataclass(frozen=True)
class Household:
    people: tuple[Patient, ...]
    """The account holder first. Empty until the first form is begun."""
    person: Patient | None
    """Whom the page is about."""

    @property
    def several(self) -> bool:
        return len(self.people) > 1

    @property
    def account_holder(self) -> Patient | None:
        return next((person for person in self.people if person.is_account_holder), None)

    @property
    def for_someone_else(self) -> bool:
        return self.person is not None and not self.person.is_account_holder


def household(account: User, reference: str = "") -> Household:
    """About the person of this reference, or about the first. Raises Http404 for anyone else."""
    people = tuple(Patient.objects.looked_after_by(account))
    if not reference:
        return Household(people, people[0] if people else None)
    for person in people:
        if person.reference == reference:
            return Household(people, person)
    raise Http404
