"""What somebody saw when they decided, as one document built from stored rows.

It holds codes and stored words, never the words of a page: newer questions, rules, translations or
texts of the site change nothing in it. Its digest is kept with the decision; built again, it has
the same bytes, or somebody has changed a row behind the database's back.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from clinic.people.models import Registration
from intake.review import stood_beside
from intake.review.models import Decision, Rescreening, Seen
from intake.review.newer_rules import must_be_read
from intake.review.stood_beside import moment
from intake.screening.models import RuleSet
from intake.submission.models import Revision

VERSION = 3
"""Of the document. One that is built otherwise gets a number of its own, and is still built as it
was: 2 says which Check flags were ticked as seen, 3 what stood beside the answers."""


def keep(*, decision: Decision) -> Seen:
    """In the transaction of the decision, after its rows. Raises ReadNewerRules, RuledOut."""
    kept = stored(decision.pk)
    rescreening = must_be_read(kept)
    decided_by = _decided_by(kept)
    beside = stood_beside.kept_with(kept)
    built = document(
        kept, version=VERSION, rescreening=rescreening, decided_by=decided_by, beside=beside
    )
    return Seen.objects.create(
        decision=decision,
        digest=digest_of(built),
        version=VERSION,
        decided_by=decided_by,
        rescreening=rescreening,
        beside=beside,
        at=decision.at,
    )


def matches(decision: Decision) -> bool:
    """Whether the document, built again from what is stored now, is the one that was seen."""
    return digest_of(rebuilt(decision)) == decision.seen.digest


def rebuilt(decision: Decision) -> bytes:
    """Of one read by `stored`."""
    seen = decision.seen
    return document(
        decision,
        version=seen.version,
        rescreening=seen.rescreening,
        decided_by=seen.decided_by,
        beside=seen.beside,
    )


def digest_of(built: bytes) -> str:
    return hashlib.sha256(built).hexdigest()


def document(
    decision: Decision,
    *,
    version: int,
    rescreening: Rescreening | None,
    decided_by: str,
    beside: dict | None,
) -> bytes:
    parts = {
        "version": version,
        "form": _form(decision.revision),
        "flags": [
            {"id": flag.pk, "code": flag.code, "rank": flag.rank, "details": flag.details}
            for flag in sorted(decision.revision.flags.all(), key=lambda each: each.pk)
        ],
        "newer_rules": _newer_rules(rescreening) if rescreening else None,
        "decision": _decision(decision, decided_by),
    }
    if version > 1:
        parts["decision"]["flags_seen"] = sorted(e.flag_id for e in decision.flags_seen.all())
    if version > 2:
        parts["beside"] = stood_beside.in_document(beside) if beside else None
    text = json.dumps(
        parts, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return text.encode()


def stored(pk: int) -> Decision:
    """As the database has it, whatever the caller holds in memory. Raises Decision.DoesNotExist."""
    return (
        Decision.objects.select_related(
            "by",
            "revision__intake__patient",
            "revision__question_set",
            "revision__rule_set",
            "seen__rescreening__rule_set",
        )
        .defer("revision__rule_set__rows", "seen__rescreening__rule_set__rows")
        .defer("revision__intake__answers")
        .prefetch_related("verdicts", "flag_answers__flag", "flags_seen", "revision__flags")
        .get(pk=pk)
    )


def _rules(rule_set: RuleSet) -> dict:
    """By digest: the rows themselves are large, and the digest is checked when they are read."""
    return {"id": rule_set.pk, "name": rule_set.name, "digest": rule_set.digest}


def _form(revision: Revision) -> dict:
    questions = revision.question_set
    return {
        "reference": revision.intake.reference,
        "patient": revision.intake.patient_id,
        "revision": revision.pk,
        "number": revision.number,
        "sent_at": moment(revision.sent_at),
        "sent_by": revision.sent_by_id,
        "language": revision.language,
        "translation": revision.translation_id,
        "questions": {"number": questions.number, "digest": questions.digest},
        "rules": _rules(revision.rule_set),
        "change": {"reason": revision.change_reason, "note": revision.change_note},
        "answers": revision.answers,
        "screening": revision.screening,
    }


def _newer_rules(found: Rescreening) -> dict:
    return {
        "rules": _rules(found.rule_set),
        "at": moment(found.at),
        "levels": {"acupuncture": found.acupuncture, "massage": found.massage},
        "could_read": found.could_read,
        "raised": found.raised,
    }


def _decision(decision: Decision, decided_by: str) -> dict:
    return {
        "id": decision.pk,
        "by": decision.by_id,
        "decided_by": decided_by,
        "at": moment(decision.at),
        "keeps": decision.keeps_id,
        "weeks": decision.weeks,
        "sessions": decision.sessions,
        "together": decision.together,
        "for_patient": decision.for_patient,
        "note": decision.note,
        "verdicts": [
            {
                "therapy": each.therapy,
                "suitability": each.suitability,
                "registration": each.registration_id,
                "reason": each.reason,
                "next_step": each.next_step,
                "precautions": each.precautions,
            }
            for each in sorted(decision.verdicts.all(), key=lambda each: each.pk)
        ],
        "flag_answers": [
            {"flag": each.flag_id, "reason": each.reason, "text": each.text}
            for each in sorted(decision.flag_answers.all(), key=lambda each: each.pk)
        ],
    }


def _decided_by(decision: Decision) -> str:
    held = Registration.objects.filter(pk__in=[v.registration_id for v in decision.verdicts.all()])
    numbers = [f"{each.therapy}: {each.body} {each.number}" for each in held]
    return "; ".join([decision.by.name or decision.by.email, *sorted(numbers)])[:400]
