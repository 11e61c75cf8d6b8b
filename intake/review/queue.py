"""The queue: which forms stand in which tab, in the order in which they are due.

No answer is opened for it: levels, wishes and flag codes are stored in clear, titles come from the
rule set in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from clinic.people.models import User
from clinic.people.therapies import Therapy
from intake.review import needing
from intake.review.holding import held_by, reading
from intake.review.models import Clearance, ClearanceState, ClearedTherapy, HoldReason, OnHold
from intake.review.opinions import with_opinions
from intake.review.searching import named
from intake.submission.models import Intake, Revision
from intake.submission.states import OPEN, State

MOVABLE = [State.SUBMITTED, State.IN_REVIEW, State.SECOND_OPINION]
ANYONE, NOBODY, ME = "", "nobody", "me"

Ahead = Callable[[datetime], Exists]
_ahead: list[Ahead] = []


def has_visit_ahead(condition: Ahead) -> Ahead:
    """Registers how a later room knows that the patient of a form has a visit after a moment."""
    _ahead.append(condition)
    return condition


@dataclass(frozen=True)
class Tab:
    code: str
    title: str
    order: str
    """What its rows are ordered by."""
    number: str
    """And by what, where that is the same."""
    empty: str
    """What is true, and what comes next, when it holds nothing."""
    under: str = ""
    """The tab under which it stands, where it is none of its own."""


TABS = {
    tab.code: tab
    for tab in (
        Tab(
            "needs",
            "Needs you",
            "due_at",
            "pk",
            "Nobody is waiting for you. New forms appear here as soon as they are sent.",
        ),
        Tab(
            "patient",
            "Waiting for the patient",
            "due_at",
            "pk",
            "No patient owes an answer. A form comes here when you ask its patient something.",
        ),
        Tab(
            "second",
            "Second opinion",
            "due_at",
            "pk",
            "No form waits for a second opinion. A form comes here when someone asks a colleague.",
        ),
        Tab(
            "ready",
            "Ready to book",
            "ends",
            "clearance",
            "Everyone who is cleared has a visit ahead. A form comes here once it is decided.",
        ),
        Tab("all", "All open", "due_at", "pk", "No form is open. New forms appear here when sent."),
        Tab(
            "closed",
            "Closed without an answer",
            "state_since",
            "pk",
            "No form is closed. A form comes here when its patient has not answered for 14 days.",
            under="all",
        ),
    )
}


FOUND = replace(TABS["all"], title="All forms that were sent", order="stands")
"""Instead of all that are open, where somebody looks for a name or a reference: decided, closed and
taken back ones too, behind those that are open."""
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Filters:
    """What somebody asked to see of a tab; nothing chosen shows all of it."""

    wants: str = ""
    level: str = ""
    held: str = ANYONE
    """ANYONE, NOBODY, ME, or the id of an account."""
    words: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.wants or self.level or self.held or self.words)


def forms_in(tab: Tab, user: User, now: datetime) -> QuerySet[Intake]:
    """The forms of a tab as this person sees them, unordered."""
    if tab.code == "ready":
        return _ready(now)
    if tab is FOUND:
        return _sent()
    states = {
        "needs": MOVABLE,
        "patient": [State.ASKED],
        "closed": [State.CLOSED],
        "second": [State.SECOND_OPINION],
    }
    forms = Intake.objects.filter(state__in=states.get(tab.code, OPEN))
    return forms.filter(_for(user)) if tab.code == "needs" else forms


def narrowed(forms: QuerySet[Intake], filters: Filters, user: User, now: datetime):
    if filters.wants:
        forms = forms.filter(_last_sent(Q(**{f"wants_{filters.wants}": True})))
    if filters.level:
        forms = forms.filter(level=filters.level)
    if filters.held:
        holder = {NOBODY: None, ME: user}.get(filters.held, filters.held)
        holder = User.objects.filter(pk=holder).first() if isinstance(holder, str) else holder
        forms = forms.filter(held_by(holder, now))
    return forms.filter(named(filters.words)) if filters.words else forms


def ordered(forms: QuerySet[Intake], tab: Tab) -> QuerySet[Intake]:
    """What has no time stands first, so that nothing waits unseen."""
    nullable = tab.order == "due_at"
    return forms.order_by(F(tab.order).asc(nulls_first=nullable or None), tab.number)


def next_case(user: User, after: str | None = None) -> Intake | None:
    """The first form that needs this person and that nobody else has; with `after`, a reference,
    the first behind that one in the order, and from the top again when none is behind it."""
    now = timezone.now()
    free = forms_in(TABS["needs"], user, now).exclude(reference=after or "")
    others = reading(now).filter(intake=OuterRef("pk")).exclude(by=user)
    handed_to_me = held_by(user, now)
    free = free.filter(~Exists(others)).filter(handed_to_me | held_by(None, now))
    needs = TABS["needs"]
    here = Intake.objects.filter(reference=after, state__in=MOVABLE).first() if after else None
    in_order = ordered(free.defer("answers").select_related("patient"), needs)
    behind = in_order.filter(is_behind(needs, here.due_at, here.pk)).first() if here else None
    return behind or in_order.first()


def is_behind(tab: Tab, value: object, number: int) -> Q:
    """Whether a row stands behind the one with this value and number in the order of a tab."""
    after = Q(**{f"{tab.number}__gt": number})
    if value is None:
        return Q(**{f"{tab.order}__isnull": True}) & after | Q(**{f"{tab.order}__isnull": False})
    later = Q(**{f"{tab.order}__gt": value}) | Q(**{tab.order: value}) & after
    return Q(**{f"{tab.order}__gte": value}) & later


def _newest() -> QuerySet[Revision]:
    """What was sent last on the form outside. With its limit it is looked up form by form: read
    whole, all revisions there are would be read for the first page of the queue."""
    return Revision.objects.filter(intake=OuterRef("pk")).order_by("-number")


def _last_sent(condition: Q) -> Q:
    """Whether something holds for what was sent last on a form."""
    holds = Case(When(condition, then=True), default=False)
    return Q(Exact(Subquery(_newest().values(holds=holds)[:1]), True))


def _for(user: User) -> Q:
    """Forms that this person can move on in a therapy they hold. Never their own account's."""
    held = user.practitioner.therapies_on(timezone.localdate())
    waits = Q(pk__in=[])
    for therapy in Therapy.values:
        if therapy in held:
            waits |= needing.needs(therapy, user.pk)
    return _last_sent(waits) & ~Q(patient__account=user)


def _sent() -> QuerySet[Intake]:
    """Every form that was ever sent; it `stands` where it is due, and behind that once it is not
    open any more. With why what was cleared on it is on `hold`."""
    due = When(state__in=OPEN, then=Coalesce("due_at", Value(FIRST)))
    was_sent = Exists(Revision.objects.filter(intake=OuterRef("pk")))
    live = Clearance.objects.filter(revision__intake=OuterRef("pk"), state=ClearanceState.LIVE)
    hold = live.annotate(why=HoldReason("patient_id", "created_at")).values("why")[:1]
    return Intake.objects.filter(was_sent).annotate(
        stands=Case(due, default=Value(LAST)), hold=Subquery(hold)
    )


def _ready(now: datetime) -> QuerySet[Intake]:
    """Decided with a clearance that can be booked in today, and no visit ahead; with what is
    `cleared`."""
    today = timezone.localdate(now)
    forms = Intake.objects.filter(
        state=State.DECIDED,
        revisions__clearances__state=ClearanceState.LIVE,
        revisions__clearances__valid_from__lte=today,
        revisions__clearances__valid_until__gte=today,
    ).annotate(
        ends=F("revisions__clearances__valid_until"), clearance=F("revisions__clearances__pk")
    )
    held = OnHold("patient_id", "revisions__clearances__created_at")
    for condition in _ahead:
        forms = forms.exclude(condition(now))
    therapies = ClearedTherapy.objects.filter(clearance=OuterRef("clearance")).order_by("therapy")
    cleared = ArraySubquery(therapies.values("therapy"))
    return forms.alias(on_hold=held).filter(on_hold=False).annotate(cleared=cleared)


def newest_of(intakes: list[Intake]) -> dict[int, Revision]:
    """Form id -> what was sent last on it, in one query and without its answers, with
    whose opinion on it is asked for."""
    found = (
        with_opinions(Revision.objects.filter(intake__in=intakes))
        .order_by("intake_id", "-number")
        .distinct("intake_id")
        .select_related("rule_set")
        .defer("answers", "screening", "change_note", "rule_set__rows")
    )
    return {revision.intake_id: revision for revision in found}
