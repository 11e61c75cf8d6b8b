"""One page of the queue in words: what each row says, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils import timezone
from django.utils.timesince import timesince

from clinic.people.models import User
from intake.review.asking_models import is_paused, with_call
from intake.review.holders import PassedOn, Reader, passed_on_of, readers_of, with_holders
from intake.review.holds import HOLDS, Hold
from intake.review.opinions import Asked, asked_about, disagreed_about
from intake.review.queue import (
    FOUND,
    TABS,
    Filters,
    Tab,
    forms_in,
    is_behind,
    narrowed,
    newest_of,
    ordered,
)
from intake.review.where import where
from intake.screening.levels import ASK, Level, word_for
from intake.screening.rule_set import RuleSetData
from intake.screening.services import data_of
from intake.submission.models import Flag, Intake, Revision
from intake.submission.states import OPEN

SHOWN = 50
COUNTED = 100
"""So many are counted exactly; more are said to be more."""


@dataclass(frozen=True)
class Row:
    intake: Intake
    revision: Revision
    word: str
    concern: str
    """The heaviest concern and the finding behind it; empty where nothing was found."""
    more: int
    asked: list[Asked]
    """Colleagues whose opinion it waits for."""
    disagreed: list[str]
    """Therapies about which two people disagree, with no third named."""
    readers: list[Reader]
    passed_on: PassedOn | None
    is_open: bool
    is_late: bool
    waited: str
    """Since it was sent, in one word and a number: "2 days"."""
    age: int | None

    @property
    def where(self) -> str:
        return where(self.intake, self.revision)

    @property
    def is_changed(self) -> bool:
        return self.revision.number > 1

    @property
    def cleared(self) -> list[str]:
        """Therapies that can be booked; known in the tab of what is ready."""
        return getattr(self.intake, "cleared", [])

    @property
    def hold(self) -> Hold | None:
        """Why what was decided cannot be booked in; known where somebody has looked for it."""
        return HOLDS.get(getattr(self.intake, "hold", None))

    @property
    def is_paused(self) -> bool:
        """The patient owes us an answer. What we said we would call about is ours to do."""
        return is_paused(self.intake)

    @property
    def wants(self) -> str:
        """One of the signs of service_icon.html."""
        wanted = self.revision.wanted
        return "both" if len(wanted) == 2 else "".join(wanted)


@dataclass(frozen=True)
class Page:
    """A piece of a tab. `total` and `before` stop counting at COUNTED."""

    tab: Tab
    rows: list[Row]
    total: int
    before: int
    behind: str
    """Where the next piece begins; empty at the end."""

    @property
    def first(self) -> int:
        return self.before + 1

    @property
    def last(self) -> int:
        return self.before + len(self.rows)

    @property
    def is_counted(self) -> bool:
        return self.total <= COUNTED


def page_of(
    tab: Tab, user: User, filters: Filters, behind: str, now: datetime
) -> tuple[Page, list[tuple[Tab, int]]]:
    """A piece of a tab, and what stands in each tab; everything is counted in one query."""
    tab = FOUND if filters.words and tab.code == FOUND.code else tab
    forms = narrowed(forms_in(tab, user, now), filters, user, now)
    place = place_in(tab, behind)
    rest = forms.filter(is_behind(tab, *place)) if place else forms
    several = {each.code: (each, forms_in(each, user, now)) for each in TABS.values()}
    if filters.any:
        several["total"] = (tab, forms)
    if place:
        several["left"] = (tab, rest)
    found = counted(several, user)
    total = found.get("total", found[tab.code])
    lean = with_call(rest.select_related("patient").defer("answers", "change_note"))
    shown = list(ordered(with_holders(lean, now), tab)[: SHOWN + 1])
    more, shown = len(shown) > SHOWN, shown[:SHOWN]
    page = Page(
        tab=tab,
        rows=rows_of(shown, now),
        total=total,
        before=max(total - found.get("left", total), 0),
        behind=place_of(tab, shown[-1]) if more else "",
    )
    return page, [(each, found[each.code]) for each in TABS.values()]


class _Counted(Subquery):
    """How many rows another query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counted(several: dict[str, tuple[Tab, QuerySet[Intake]]], user: User) -> dict[str, int]:
    """Never more than one above COUNTED, so that a long queue costs no more than a short one.

    In the order of the tab: so the counting stops early, on the index that has it.
    """
    few = [
        _Counted(ordered(forms, tab).values("pk")[: COUNTED + 1]) for tab, forms in several.values()
    ]
    numbers = User.objects.filter(pk=user.pk).values_list(*few).get()
    return dict(zip(several, numbers, strict=True))


def rows_of(intakes: list[Intake], now: datetime) -> list[Row]:
    """Of forms that were read with their holders: two more queries."""
    newest = newest_of(intakes)
    flags = _flags([revision.pk for revision in newest.values()])
    return [_row(intake, newest[intake.pk], flags, now) for intake in intakes]


def _row(
    intake: Intake,
    revision: Revision,
    flags: dict[int, list[tuple[str, int]]],
    now: datetime,
) -> Row:
    is_open = intake.state in OPEN
    concerns = _concerns(flags.get(revision.pk, []), data_of(revision.rule_set))
    due = intake.due_at
    return Row(
        intake=intake,
        revision=revision,
        word=(intake.level or "none").capitalize(),
        concern=next(iter(concerns.values()), ""),
        more=max(len(concerns) - 1, 0),
        asked=asked_about(revision) if is_open else [],
        disagreed=disagreed_about(revision) if is_open else [],
        readers=readers_of(intake),
        passed_on=passed_on_of(intake),
        is_open=is_open,
        is_late=is_open and due is not None and due < now and not is_paused(intake),
        waited=timesince(revision.sent_at, now, depth=1),
        age=intake.patient.age_on(timezone.localdate(now)),
    )


def _flags(revisions: list[int]) -> dict[int, list[tuple[str, int]]]:
    """Revision id -> (code, rank), the heaviest first; nothing encrypted is read."""
    found: dict[int, list[tuple[str, int]]] = {}
    flags = Flag.objects.filter(revision__in=revisions).order_by("-rank", "code")
    for revision, code, rank in flags.values_list("revision_id", "code", "rank"):
        found.setdefault(revision, []).append((code, rank))
    return found


def _concerns(flags: list[tuple[str, int]], rules: RuleSetData) -> dict[str, str]:
    """What there is to think about, as a case groups it -> the same with its heaviest finding."""
    found: dict[str, str] = {}
    for code, rank in flags:
        title = rules.title(code) if rules.has_title(code) else code.replace("_", " ")
        grouped = code in rules.by_code and word_for(code, Level(rank)) != ASK
        concern = rules.concern(code) if grouped else ""
        words = f"{concern}: {title}" if concern and concern != title else title
        found.setdefault(concern or title, words)
    return found


def place_of(tab: Tab, intake: Intake) -> str:
    """Where a row stands in the order, for the address of the page that begins behind it."""
    value = getattr(intake, tab.order)
    return f"{value.isoformat() if value else ''}~{getattr(intake, tab.number)}"


def place_in(tab: Tab, text: str) -> tuple[date | datetime | None, int] | None:
    """The value and number in such an address; None for anything else."""
    value, _, pk = text.partition("~")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    kind = date if tab.order == "ends" else datetime
    try:
        place = kind.fromisoformat(value) if value else None
    except ValueError:
        return None
    return None if isinstance(place, datetime) and place.tzinfo is None else (place, int(pk))
