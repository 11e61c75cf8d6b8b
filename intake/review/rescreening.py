"""After rules are published: what they raise in answers that cleared somebody, or that wait.

Until that is known the clearance is on hold (SQL: review_rules_hold), so there is no moment in
between. Once for each form and version, by whoever comes first: the worker, or someone who books.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from clinic.audit.services import record
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people.models import Patient
from intake.review.models import Clearance, ClearanceState, Rescreening
from intake.review.queries import OPEN
from intake.screening.levels import Level
from intake.screening.models import RuleSet
from intake.screening.rule_set import RuleSetData
from intake.screening.services import NoRulesPublished, published
from intake.screening.weight import WAYS
from intake.submission.models import Intake, Revision
from intake.submission.screening_again import Flags, raised, raised_for, screened_again

AT_ONCE = 100
RAISED_FROM = Level.CAUTION


def due(rule_set: RuleSet, *, day) -> QuerySet[Revision]:
    """What was sent last on each form that is cleared or waits, if these rules have not read it."""
    last = Revision.objects.filter(intake=OuterRef("intake")).order_by("-number")
    cleared = Clearance.objects.filter(
        state=ClearanceState.LIVE, valid_until__gte=day, revision__intake=OuterRef("intake")
    )
    read = Rescreening.objects.filter(revision=OuterRef("pk"), rule_set=rule_set)
    return (
        Revision.objects.exclude(rule_set=rule_set)
        .filter(Q(intake__state__in=OPEN) | Exists(cleared), ~Exists(read))
        .filter(number=Subquery(last.values("number")[:1]))
        .order_by("pk")
    )


def rescreen_due(*, now: datetime | None = None) -> int:
    """Reads all that is due, a batch at a time; a batch is stored whole or not at all.

    Killed at any moment, it goes on where it was. Returns how many forms were read.
    """
    now, done, after = now or timezone.now(), 0, 0
    try:
        rule_set, rules = published()
    except NoRulesPublished:
        return 0
    while batch := _batch(due(rule_set, day=timezone.localdate(now)).filter(pk__gt=after)):
        done += len(_store(batch, rule_set, rules, now))
        after = batch[-1].pk
    return done


def rescreen_patient(patient: Patient, *, now: datetime | None = None) -> int:
    """The same for one person: how many forms were read."""
    now = now or timezone.now()
    try:
        rule_set, rules = published()
    except NoRulesPublished:
        return 0
    waits = due(rule_set, day=timezone.localdate(now)).filter(intake__patient=patient)
    batch = _batch(waits)
    return len(_store(batch, rule_set, rules, now)) if batch else 0


def newest_for(revision: Revision, *, now: datetime | None = None) -> Rescreening | None:
    """What the rules in force raise in it, read now if need be; None where they screened it."""
    try:
        rule_set, rules = published()
    except NoRulesPublished:
        return None
    if revision.rule_set_id == rule_set.pk:
        return None
    found = revision.rescreenings.filter(rule_set=rule_set).prefetch_related("answers").first()
    if found is None:
        _store(_batch(Revision.objects.filter(pk=revision.pk)), rule_set, rules, now)
        found = revision.rescreenings.prefetch_related("answers").get(rule_set=rule_set)
    return found


def _batch(revisions: QuerySet[Revision]) -> list[Revision]:
    chosen = revisions.only("intake_id", "answers", "screening", "question_set_id", "sent_at")
    return list(chosen.prefetch_related("rescreenings__answers")[:AT_ONCE])


def _store(
    batch: list[Revision], rule_set: RuleSet, rules: RuleSetData, now: datetime | None
) -> list[Rescreening]:
    """Screening takes its time and holds nobody up: forms are locked only to be written."""
    now = now or timezone.now()
    found = [_read(revision, rule_set, rules, now) for revision in batch]
    with transaction.atomic():
        forms = Intake.objects.filter(pk__in=[each.intake_id for each in batch])
        list(forms.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        known = set(
            Rescreening.objects.filter(rule_set=rule_set, revision__in=batch).values_list(
                "revision_id", flat=True
            )
        )
        new = [each for each in found if each.revision_id not in known]
        Rescreening.objects.bulk_create(new)
        _hold([each for each in new if _is_raised(each)], now)
    return new


def _read(revision: Revision, rule_set: RuleSet, rules: RuleSetData, now: datetime) -> Rescreening:
    flags = screened_again(revision, rules)
    pairs = [] if flags is None else raised(_known(revision), flags)
    unread = int(RAISED_FROM) if flags is None else 0
    levels = {
        therapy: max((raised_for(pair, therapy) for pair in pairs), default=unread)
        for therapy in WAYS
    }
    return Rescreening(
        revision=revision,
        rule_set=rule_set,
        at=now,
        could_read=flags is not None,
        raised=pairs,
        **levels,
    )


def _known(revision: Revision) -> Flags:
    """What a practitioner knew: found when it was sent, or raised later and answered since."""
    known = {flag["code"]: flag for flag in revision.screening.get("flags", [])}
    for earlier in sorted(revision.rescreenings.all(), key=lambda each: each.pk):
        answered = {answer.therapy for answer in earlier.answers.all()}
        for pair in earlier.raised:
            if {therapy for therapy in WAYS if raised_for(pair, therapy)} <= answered:
                known[pair["now"]["code"]] = pair["now"]
    return known


def _is_raised(found: Rescreening) -> bool:
    return any(found.level_for(therapy) >= RAISED_FROM for therapy in WAYS)


def _hold(found: Iterable[Rescreening], now: datetime) -> None:
    """Whoever has a clearance that is on hold from now on is told; the queue shows it by itself."""
    forms = {each.revision.intake_id: each for each in found}
    live = Clearance.objects.filter(
        state=ClearanceState.LIVE,
        valid_until__gte=timezone.localdate(now),
        revision__intake__in=forms,
    )
    live = live.annotate(form=F("revision__intake"), reference=F("revision__intake__reference"))
    for clearance in live.select_related("patient").prefetch_related("therapies"):
        therapies = [each.therapy for each in clearance.therapies.all()]
        if any(forms[clearance.form].level_for(each) >= RAISED_FROM for each in therapies):
            told = {"patient": clearance.patient, "reference": clearance.reference}
            record(action="rules_raised", by=None, at=now, **told)
            tell(kind=Kind.ON_HOLD, **told)
