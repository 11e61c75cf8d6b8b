"""What we have written to the people of one account, and what of it is new."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.notices.models import Opened
from clinic.people.models import User
from intake.referral.models import Letter
from intake.submission.models import Intake
from intake.submission.states import State

ABOUT_FORMS = {
    State.DECIDED: (gettext_lazy("%(who)s read the form and wrote to you."), "review:news"),
    State.ASKED: (gettext_lazy("We have a question for you."), "review:questions"),
    State.CLOSED: (
        gettext_lazy("We had no answer from you, so we stopped for now. You can still answer us."),
        "review:questions",
    ),
}
"""State of a form -> what we wrote by coming to it, and where it is read."""


@dataclass(frozen=True)
class Message:
    patient_id: int
    reference: str
    at: datetime
    sentence: str
    address: str
    is_new: bool


def messages(*, account: User, forms: list[Intake], letters: list[Letter]) -> list[Message]:
    """Newest first. `forms` are read `for_home`."""
    opened = {
        (each.patient_id, each.reference): each.at
        for each in Opened.objects.filter(patient__account=account)
    }

    def message(about: Intake | Letter, at: datetime, sentence: str, route: str) -> Message:
        seen = opened.get((about.patient_id, about.reference))
        return Message(
            patient_id=about.patient_id,
            reference=about.reference,
            at=at,
            sentence=sentence,
            address=reverse(route, args=[about.reference]),
            is_new=seen is None or seen < at,
        )

    found = [
        message(form, form.state_since, str(sentence) % {"who": form.decided_by or someone()}, to)
        for form in forms
        if form.state in ABOUT_FORMS
        for sentence, to in [ABOUT_FORMS[State(form.state)]]
    ]
    found += [
        message(
            letter,
            letter.sent_at,
            _("We sent a letter to %(to)s.") % {"to": letter.to_name},
            "referral:mine_one",
        )
        for letter in letters
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def someone() -> str:
    """For a member of staff without a name: never an address."""
    return _("A practitioner")
