"""What has happened, in sentences: the audit trail, as far as the person it is about may read it.

Only what this table names is shown. Nothing here says what was answered or found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.audit.models import Event
from clinic.dates import in_words
from clinic.people.models import Patient
from intake.booking.models import Visit
from intake.home.messages import someone
from intake.referral.models import Letter
from intake.submission.models import Intake
from intake.submission.states import State


@dataclass(frozen=True)
class Said:
    sentence: Promise
    leads_to: str = ""
    link: Promise | str = ""
    by_us: Promise | str = ""
    """Instead of `sentence`, when it was not the account that did it."""


SAID = {
    "form_begun": Said(_("You started a form.")),
    "form_send": Said(_("You sent the form."), "submission:copy", _("See your copy")),
    "form_open": Said(_("%(who)s started to read the form.")),
    "form_ask": Said(_("%(who)s had a question for you.")),
    "form_answer": Said(
        _("You answered our question."), "review:questions", _("See what you answered")
    ),
    "form_close": Said(_("We had no answer from you, so we closed the form for now.")),
    "form_answered_by_phone": Said(_("You answered our question by phone.")),
    "form_ask_colleague": Said(_("%(who)s asked a colleague to read the form too.")),
    "form_decide": Said(_("%(who)s read the form and wrote to you."), "review:news", _("Read it")),
    "form_reopen": Said(_("%(who)s is reading the form again.")),
    "form_amend": Said(_("You told us what has changed."), "submission:copy", _("See your copy")),
    "form_withdraw": Said(_("You took the form back.")),
    "form_expire": Said(_("The form was not finished in time, so we deleted the answers.")),
    "visit_booked": Said(
        _("You booked a visit on %(when)s."),
        "booking:visit",
        _("See the visit"),
        by_us=_("We booked a visit for you on %(when)s."),
    ),
    "visit_cancelled": Said(
        _("You cancelled the visit on %(when)s."),
        by_us=_("We cancelled the visit on %(when)s."),
    ),
    "letter_sent": Said(_("A letter went to %(to)s."), "referral:mine_one", _("Read it")),
    "letter_answered": Said(_("%(to)s answered our letter.")),
}
"""Action in the audit trail -> what the patient reads."""
ONLY_WHILE = {"review:news": State.DECIDED}
"""A page that is there only while the form is in this state."""


@dataclass(frozen=True)
class Moment:
    at: datetime
    sentence: str
    address: str = ""
    link: str = ""


@dataclass(frozen=True)
class Known:
    """What the sentences name and lead to, by reference: only what this person may see."""

    forms: Mapping[str, Intake]
    visits: Mapping[str, Visit]
    letters: Mapping[str, Letter]

    def __contains__(self, reference: str) -> bool:
        return any(reference in each for each in (self.forms, self.visits, self.letters))

    def words(self, reference: str) -> dict[str, object]:
        found: dict[str, object] = {}
        if visit := self.visits.get(reference):
            found["when"] = in_words(visit.starts_at, "moment")
        if letter := self.letters.get(reference):
            found["to"] = letter.to_name
        return found

    def is_there(self, route: str, reference: str) -> bool:
        if route in ONLY_WHILE:
            form = self.forms.get(reference)
            return form is not None and form.state == ONLY_WHILE[route]
        return bool(route)


def events_of(person: Patient) -> QuerySet[Event]:
    """What there is a sentence for, newest first."""
    told = Event.objects.about(person).filter(action__in=SAID).select_related("by")
    return told.newest_first()


def history(events: Iterable[Event], person: Patient, known: Known) -> list[Moment]:
    """In sentences, newest first, without what this person may not see."""
    moments = [_moment(event, person, known) for event in events if event.reference in known]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _moment(event: Event, person: Patient, known: Known) -> Moment:
    said = SAID[event.action]
    by_account = event.by_id == person.account_id
    sentence = said.sentence if by_account else said.by_us or said.sentence
    who = event.by.name if event.by else ""
    words = {"who": who or someone()} | known.words(event.reference)
    if not known.is_there(said.leads_to, event.reference):
        return Moment(event.at, str(sentence) % words)
    address = reverse(said.leads_to, args=[event.reference])
    return Moment(event.at, str(sentence) % words, address, str(said.link))
