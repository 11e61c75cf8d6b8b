"""One question as a plain, frozen object."""

from dataclasses import dataclass, field

from intake.questionnaire import kinds

SAFETY_KINDS = {"yes_no", "emergency", "pregnancy", "medicines"}
AGREED_KINDS = {"consent", "signature"}


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

    @property
    def is_safety(self) -> bool:
        """A choice that offers "not sure" asks about safety in all but its kind."""
        unsure = self.kind == "choice" and any(each.code == "not_sure" for each in self.options)
        return unsure or self.kind in SAFETY_KINDS

    @property
    def is_signed(self) -> bool:
        return self.kind in AGREED_KINDS

    @property
    def is_asked_anew(self) -> bool:
        """Never taken over from an earlier form: what safety rests on, and what is signed."""
        return self.is_safety or self.is_signed

    @property
    def is_stable(self) -> bool:
        """Seldom changes: offered again in a new form, for the person to confirm."""
        return bool(self.extras.get("stable")) and not self.is_asked_anew

    def still_offers(self, value: object) -> bool:
        """Whether this answer, given to another version, could be given here too."""
        its = kinds.kind(self.kind)
        return its.is_answered(value) and its.still_offers(self, value)

    def is_answered(self, value: object) -> bool:
        return kinds.kind(self.kind).is_answered(value)

    def words(self, value: object) -> str:
        """The answer in words, for reading."""
        return kinds.kind(self.kind).words(self, value) if self.is_answered(value) else ""

    def alarm(self, value: object) -> Alarm | None:
        urgency = self.extras.get("alarms", {}).get(value) if isinstance(value, str) else None
        return Alarm(self.code, self.extras["message"], urgency) if urgency else None
