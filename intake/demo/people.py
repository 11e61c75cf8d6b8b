"""Invented people. Any likeness to real ones is chance."""

from dataclasses import dataclass, field

FIRST = [
    "Rosa",
    "Tomas",
    "Amina",
    "Kofi",
    "Ingrid",
    "Mateo",
    "Yuki",
    "Leila",
    "Owen",
    "Priya",
    "Sven",
    "Noor",
    "Elif",
    "Hugo",
    "Marta",
    "Dara",
]
LAST = [
    "Okafor",
    "Silva",
    "Hadley",
    "Brandt",
    "Nguyen",
    "Ferreira",
    "Lindqvist",
    "Abara",
    "Moreau",
    "Kessler",
    "Varga",
    "Osei",
]
READ_SPANISH = (4, 6)
PASSWORD = "needles-and-hands"  # noqa: S105
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


@dataclass(frozen=True)
class Person:
    number: int
    yes: frozenset[str] = field(default_factory=frozenset)
    not_sure: frozenset[str] = field(default_factory=frozenset)
    said: dict[str, object] = field(default_factory=dict)
    """Answers of their own, instead of what everyone here says."""

    @property
    def name(self) -> str:
        first = FIRST[self.number % len(FIRST)]
        return f"{first} {LAST[(self.number // len(FIRST) + self.number) % len(LAST)]}"

    @property
    def language(self) -> str:
        return "es" if self.number in READ_SPANISH else "en"

    @property
    def wants(self) -> tuple[str, ...]:
        """Most want both therapies; two of seven only one."""
        single = {3: ("massage",), 5: ("acupuncture",)}
        return single.get(self.number % 7, ("acupuncture", "massage"))

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}.{self.number}@example.org"

    @property
    def born(self) -> str:
        return f"{1945 + self.number * 7 % 55}-0{1 + self.number % 9}-1{self.number % 9}"


CONDITIONS = [
    (),
    ("anticoagulant_use",),
    ("diabetes",),
    ("osteoporosis", "fragile_skin"),
    ("pacemaker",),
    (),
    ("needle_fear",),
    ("heart_failure",),
]


def person(number: int) -> Person:
    unsure = frozenset({"metal_allergy"}) if number % 5 == 0 else frozenset()
    urgent = frozenset({"em_stroke"}) if number % 20 == 3 else frozenset()
    return Person(number, frozenset(CONDITIONS[number % len(CONDITIONS)]) | urgent, unsure)
