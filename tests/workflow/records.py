"""What the model remembers of the clinic."""

from dataclasses import dataclass, field
from datetime import date, datetime

CAUTION, CONTRAINDICATED = 2, 4
"""How much a finding weighs: from where newer rules hold, and from where they rule out."""


@dataclass(eq=False)
class Verdict:
    therapy: str
    positive: bool
    by: str
    weeks: int
    sessions: int
    together: bool
    decision: int
    at: datetime
    effective: datetime
    """Until then it can be taken back, and clears nothing."""
    keeps: bool = False
    """It repeats an earlier decision."""


@dataclass(eq=False)
class Asked:
    """A colleague who was asked to look at one therapy."""

    pk: int
    therapy: str
    colleague: str
    by: str
    third: bool
    at: datetime
    off: bool = False


@dataclass(eq=False)
class Round:
    """What the patient was asked, in writing or by a call of ours."""

    pk: int
    by_phone: bool
    asked_at: datetime
    codes: tuple[str, ...] = ()
    open: bool = True
    ended_at: datetime | None = None
    came_back: int = 0
    """The revision with the answers."""


@dataclass(eq=False)
class Read:
    """What later rules raised in a form: all that is raised here weighs the same for both."""

    pk: int
    version: str
    raised: tuple[str, ...]
    level: int
    answers: list[tuple[str, bool, datetime]] = field(default_factory=list)
    """therapy, whether it stands, when"""

    def is_read(self, therapy: str) -> bool:
        return any(each[0] == therapy for each in self.answers)

    def is_settled(self, therapy: str, since: datetime | None) -> bool:
        """It stands, or was read before that moment."""
        return self.level < CAUTION or any(
            answered == therapy and (keeps or since is None or at < since)
            for answered, keeps, at in self.answers
        )


@dataclass(eq=False)
class Sent:
    """What was sent at one moment."""

    pk: int
    form: "Form"
    wanted: tuple[str, ...]
    moves: bool
    stops: dict[str, set[int]]
    """Therapy -> flags that need an answer before it is cleared."""
    checks: dict[str, set[int]]
    """Therapy -> flags that are to be answered or seen before it is cleared."""
    ruled_out: set[str]
    flags: list[int]
    token: str
    says: str
    rules: str
    """The version it was screened with."""
    verdicts: list[Verdict] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    reads: dict[str, Read] = field(default_factory=dict)
    told: datetime | None = None
    """When what was decided on it went out last."""


@dataclass(eq=False)
class Form:
    pk: int
    reference: str
    patient: int
    state: str
    token: str
    saved_at: datetime
    complete: str = ""
    """Which of the world's answers it holds; empty while some are missing."""
    said: str = ""
    """Those it was sent with."""
    changing: bool = False
    looked_at: datetime | None = None
    """When somebody looked at what was decided again."""
    sent: list[Sent] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    due: datetime | None = None
    due_learned: bool = True
    """Until when it is to be read is worked out elsewhere; here it only must not move by itself."""

    @property
    def open(self) -> bool:
        return self.state == "draft" or self.changing

    @property
    def newest(self) -> Sent | None:
        return self.sent[-1] if self.sent else None

    @property
    def round(self) -> Round | None:
        return next((each for each in self.rounds if each.open), None)

    def ends_round(self, now: datetime, came_back: int = 0) -> None:
        if asked := self.round:
            asked.open, asked.ended_at, asked.came_back = False, now, came_back

    def due_anew(self) -> None:
        self.due_learned = False

    def not_due(self) -> None:
        self.due, self.due_learned = None, True

    @property
    def undecided_since(self) -> datetime | None:
        """What was decided before the patient was told, or answered, does not go out by itself."""
        ended = [each.ended_at for each in self.rounds if each.ended_at]
        return max((each for each in (self.newest.told, *ended) if each), default=None)


@dataclass(eq=False)
class Alarm:
    pk: int
    form: Form
    resolved: bool = False


@dataclass(eq=False)
class Clearance:
    pk: int
    patient: int
    rests_on: Sent
    state: str
    first: date
    last: date
    sessions: int
    together: bool
    therapies: set[str]
    created: datetime


@dataclass(eq=False)
class Visit:
    pk: int
    reference: str
    clearance: Clearance
    parts: list[tuple[str, str, int, datetime, datetime]]
    """therapy, practitioner, room, start, end"""
    cancelled: bool = False

    @property
    def start(self) -> datetime:
        return min(part[3] for part in self.parts)

    @property
    def end(self) -> datetime:
        return max(part[4] for part in self.parts)
