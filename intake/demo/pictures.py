"""The pictures of the ten main pages in docs/pictures, on a phone and on a laptop."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from intake.demo.patients import STATIONS
from intake.demo.people import person
from intake.questionnaire import source

FOLDER = settings.BASE_DIR / "docs" / "pictures"
MADE_FROM = FOLDER / "made-from.txt"
SCREENS = {"phone": (390, 844), "laptop": (1280, 800)}
NOBODY, PRACTITIONER = "", "mei@example.org"


def patient_at(station: str) -> str:
    """The address of the demo's first patient at this station of the way."""
    return person(STATIONS.index(station)).email


@dataclass(frozen=True)
class Picture:
    name: str
    words: str
    """What one sees, for whoever cannot."""
    who: str
    path: str
    """`{form}` is that patient's form, `{case}` the first case of the queue."""
    press: tuple[str, ...] = ()
    """What to press first, so that the page is not empty."""


def on_page(code: str) -> str:
    """The address of a page of the form that comes with the project."""
    pages = [(s["code"], p["code"]) for s in source.default()["sections"] for p in s["pages"]]
    section, number = next((s, n) for n, (s, p) in enumerate(pages, start=1) if p == code)
    return f"/me/intake/{{form}}/{section}/{number}/"


def pictures() -> list[Picture]:
    drafting, cleared = patient_at("draft"), patient_at("cleared")
    return [
        Picture("landing", "The first page: what the clinic does, and how it goes", NOBODY, "/"),
        Picture("start", "The check for emergencies, before anything else", NOBODY, "/start/"),
        Picture("form", "The parts of the form and how far one is", drafting, "/me/intake/{form}/"),
        Picture(
            "safety",
            "Safety questions: yes, no or not sure, a row each",
            drafting,
            on_page("blood"),
            ("#id_bleeding_disorder_1", "#id_low_platelets_2"),
        ),
        Picture(
            "chart",
            "The body chart: a picture and a list that are the same answers",
            drafting,
            on_page("pain_regions"),
            (".r-right_shoulder_front", ".r-neck_back"),
        ),
        Picture("check", "All answers, to be read once more", drafting, "/me/intake/{form}/check/"),
        Picture("home", "The patient's home: the next step first", cleared, "/me/"),
        Picture("times", "Free times by day", cleared, "/me/book/"),
        Picture("queue", "Who waits for a practitioner, and why", PRACTITIONER, "/reviews/"),
        Picture("case", "What a practitioner sees and decides", PRACTITIONER, "/reviews/{case}/"),
    ]


def files() -> list[Path]:
    return [FOLDER / f"{p.name}-{screen}.png" for p in pictures() for screen in SCREENS]


def made_from() -> str:
    """A fingerprint of everything the pages look like through: templates and style sheets."""
    base = settings.BASE_DIR
    found = [*base.glob("templates/**/*.html"), *base.glob("static/*.css")]
    sources = sorted(path for path in found if "admin" not in str(path.relative_to(base)))
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def form_in(html: str) -> str:
    """The first form that a page links to: a patient's own, or a case."""
    found = re.search(r'"/(?:me/intake|reviews)/(T-[0-9A-Z]{4}-[0-9A-Z]{4})/"', html)
    return found.group(1) if found else ""
