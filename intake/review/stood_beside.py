"""What stood beside the answers when somebody decided: questions to the patient with what came
back, calls about urgent answers, marked places, and medicines beside what they matched.

Which rows there were, and how places and medicines were read, is kept with the decision. So the
document of what was seen is built again without asking today's rules, texts or rows.
"""

from dataclasses import asdict
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils import timezone

from intake.review import flags, reading, urgent, words
from intake.review.asking_models import AskQuestion, AskRound
from intake.review.chart import places_on
from intake.review.models import Contact, Decision
from intake.screening.services import data_of


def kept_with(decision: Decision) -> dict:
    """To be stored with it, while the form is held."""
    revision, rules = decision.revision, data_of(decision.revision.rule_set)
    shown = flags.flags_shown(list(revision.flags.all()), rules)
    sent_on = timezone.localdate(revision.sent_at)
    offers = dict(reading.guesses(revision))
    rounds = AskRound.objects.filter(intake=revision.intake_id)
    contacts = urgent.contacts(revision.intake.patient)
    return {
        "rounds": sorted(rounds.values_list("pk", flat=True)),
        "contacts": sorted(contacts.values_list("pk", flat=True)),
        "places": places_on(revision, shown),
        "medicines": [
            asdict(each) for each in words.medicines(revision.answers, rules, sent_on, offers)
        ],
    }


def rounds_of(beside: dict) -> QuerySet[AskRound]:
    return AskRound.objects.filter(pk__in=beside["rounds"]).with_thread()


def contacts_of(beside: dict) -> QuerySet[Contact]:
    return Contact.objects.filter(pk__in=beside["contacts"]).select_related("by", "intake")


def in_document(beside: dict) -> dict:
    """Codes and stored words."""
    return {
        "threads": [_round(each) for each in rounds_of(beside).order_by("pk")],
        "contacts": [_contact(each) for each in contacts_of(beside).order_by("pk")],
        "places": beside["places"],
        "medicines": beside["medicines"],
    }


def _round(asked: AskRound) -> dict:
    return {
        "id": asked.pk,
        "by": asked.by_id,
        "revision": asked.revision_id,
        "asked_at": moment(asked.asked_at),
        "by_phone": asked.by_phone,
        "ended": asked.ended,
        "ended_by": asked.ended_by_id,
        "ended_at": moment(asked.ended_at) if asked.ended_at else None,
        "note": asked.note,
        "came_back": asked.came_back_id,
        "questions": [_question(each) for each in asked.questions.all()],
    }


def _question(asked: AskQuestion) -> dict:
    reply = getattr(asked, "reply", None)
    return {
        "id": asked.pk,
        "code": asked.code,
        "line": asked.line,
        "reply": reply
        and {
            "by": reply.by_id,
            "at": moment(reply.at),
            "before": reply.before,
            "answer": reply.answer,
            "words": reply.words,
            "cannot_say": reply.cannot_say,
        },
    }


def _contact(noted: Contact) -> dict:
    return {
        "id": noted.pk,
        "form": noted.intake_id,
        "newest_event": noted.newest_event_id,
        "by": noted.by_id,
        "at": moment(noted.at),
        "outcome": noted.outcome,
        "spoke_with": noted.spoke_with,
        "found": noted.found,
    }


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
