"""One question as a plain, frozen object."""

from dataclasses import dataclass, field

from intake.questionnaire import kinds


@dataclass(frozen=True)
class Alarm:
    """What an answer sets off: the code of the message to show and how urgent it is (R0, R1)."""

    question: str
    message: str
    urgency: str


@dataclass(frozen=True)
class OptionOutline:
    code: str
    label: str


@dataclass(frozen=True)
class QuestionOutline:
    code: str
    kind: str
    label: str
    page: str
    section: str
    hint: str = ""
    required: bool = True
    private: bool = False
    ask_when: dict | None = None
    extras: dict = field(default_factory=dict)
    options: tuple[OptionOutline, ...] = ()

    @property
    def short(self) -> str:
        """The question's own words, for lists and error messages."""
        return self.extras.get("summary") or self.label

    def is_answered(self, value: object) -> bool:
        return kinds.kind(self.kind).is_answered(value)

    def words(self, value: object) -> str:
        """The answer in words, for reading."""
        return kinds.kind(self.kind).words(self, value) if self.is_answered(value) else ""

    def alarm(self, value: object) -> Alarm | None:
        urgency = self.extras.get("alarms", {}).get(value) if isinstance(value, str) else None
        return Alarm(self.code, self.extras["message"], urgency) if urgency else None
