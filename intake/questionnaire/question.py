"""One question as a plain, frozen object."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from intake.questionnaire import kinds
from intake.questionnaire.conditions import chosen, holds, mentions

ABOUT = "answered_about"
"""Beside the answers: code of a question about something -> what it was when it was answered."""
NONE = "none"

SAFETY_KINDS = {"yes_no", "emergency", "pregnancy", "medicines"}
YES_NO_NOT_SURE = {"yes", "no", "not_sure"}
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


FOR_STAFF = {
    "emergency_contact_name": "Emergency contact: name",
    "emergency_contact_relation": "Emergency contact: how they know the patient",
    "emergency_contact_phone": "Emergency contact: phone number",
}


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
    def for_staff(self) -> str:
        """The same for people who work here, who read it away from the heading of its page."""
        return FOR_STAFF.get(self.code, self.short)

    @property
    def is_safety(self) -> bool:
        """A choice between yes, no and not sure asks about safety in all but its kind."""
        codes = {option.code for option in self.options}
        return self.kind in SAFETY_KINDS or (self.kind == "choice" and codes >= YES_NO_NOT_SURE)

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

    @cached_property
    def rests_on(self) -> set[str]:
        """Codes of the earlier questions that say whether, and about what, this one is asked."""
        named = [self.extras[key] for key in ("follows", "about", "options_from") if self._has(key)]
        return mentions(self.ask_when) | set(named) | set(self.extras.get("options_not_from", ()))

    def is_asked(self, answers: dict, today: date) -> bool:
        """What it follows, or is about, must have an answer other than none."""
        if not holds(self.ask_when, answers, today):
            return False
        named = [self.extras[key] for key in ("follows", "about") if self._has(key)]
        if not all(chosen(answers.get(code)) - {NONE} for code in named):
            return False
        return not self._has("options_from") or bool(self.among(answers).options)

    def is_still_about(self, answers: dict, relevant: dict) -> bool:
        """An answer counts for what it was given about, not for what took its place."""
        subject = self.subject(relevant)
        return subject is None or answers.get(ABOUT, {}).get(self.code) == subject

    @property
    def only_answer(self) -> str | None:
        """The answer that needs no asking, because there is one option and no other."""
        narrowed = "narrowed" in self.extras and "none_label" not in self.extras
        return self.options[0].code if narrowed and len(self.options) == 1 else None

    def subject(self, answers: dict) -> object:
        return answers.get(self.extras["about"]) if self._has("about") else None

    def among(self, answers: dict) -> "QuestionOutline":
        """With those options alone that were chosen earlier, where it takes them from there."""
        if not self._has("options_from"):
            return self
        left = chosen(answers.get(self.extras["options_from"]))
        for code in self.extras.get("options_not_from", ()):
            left -= chosen(answers.get(code))
        offered = kinds.kind(self.kind).offered(self).items()
        options = tuple(OptionOutline(code, words) for code, words in offered if code in left)
        return replace(self, options=options, extras=self.extras | {"narrowed": True})

    def _has(self, key: str) -> bool:
        return key in self.extras

    def is_answered(self, value: object) -> bool:
        its = kinds.kind(self.kind)
        return its.is_answered(value) and (
            "narrowed" not in self.extras or value in its.offered(self)
        )

    def words(self, value: object) -> str:
        """The answer in words, for reading."""
        return kinds.kind(self.kind).words(self, value) if self.is_answered(value) else ""

    def alarm(self, value: object) -> Alarm | None:
        urgency = self.extras.get("alarms", {}).get(value) if isinstance(value, str) else None
        return Alarm(self.code, self.extras["message"], urgency) if urgency else None
