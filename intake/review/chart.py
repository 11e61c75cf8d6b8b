"""The body of one case: where it hurts, where treatment is wanted, where not to go."""

from dataclasses import dataclass

from intake.questionnaire.figure import Shape, View, views
from intake.questionnaire.regions import REGIONS, WHOLES
from intake.review.flags import FlagShown
from intake.submission.models import Revision


@dataclass(frozen=True)
class Mark:
    """How one kind of place is drawn and called; a place can be several of them."""

    css: str
    words: str


MARKS = {
    "pain_regions": Mark("m-pain", "It hurts"),
    "treat_regions": Mark("m-wants", "Wants treatment"),
    "found": Mark("m-found", "A finding counts only here"),
    "touch_boundaries": Mark("m-never", "Not to be touched or needled"),
}
SIDES = (("Their right", "Their left"), ("Their left", "Their right"))
"""From the front and from behind, as they are drawn."""


@dataclass(frozen=True)
class Chart:
    figures: list[tuple[View, tuple[str, str], list[tuple[Shape, str]]]]
    """Each view, whose side is drawn left and right, and its shapes with what is marked there."""
    places: list[tuple[Mark, list[str]]]
    """What is marked, in words."""


Places = dict[str, list[str]]
"""Kind of mark -> codes of the places that have it, as they were named."""


def places_on(revision: Revision, flags: list[FlagShown]) -> Places:
    named = {code: _places(code, revision, flags) for code in MARKS}
    return {code: places for code, places in named.items() if _regions(places)}


def chart(named: Places, flags: list[FlagShown]) -> Chart | None:
    """None where no place was named."""
    if not named:
        return None
    marked = {code: set(_regions(places)) for code, places in named.items()}
    return Chart(
        figures=[
            (view, sides, [(shape, _css(shape.region, marked)) for shape in view.shapes])
            for view, sides in zip(views(), SIDES, strict=True)
        ],
        places=[(MARKS[code], _in_words(places, code, flags)) for code, places in named.items()],
    )


def _css(region: str, marked: dict[str, set[str]]) -> str:
    return " ".join(MARKS[code].css for code, places in marked.items() if region in places)


def _places(code: str, revision: Revision, flags: list[FlagShown]) -> list[str]:
    if code != "found":
        answer = revision.answers.get(code)
        return (
            [each for each in answer if isinstance(each, str)] if isinstance(answer, list) else []
        )
    return list(dict.fromkeys(place for shown in flags for place in _local(shown)))


def _local(shown: FlagShown) -> list[str]:
    """Places of a finding that somebody has to reckon with; advice about a place is none."""
    its = shown.flag.details.get("local", {}).values() if shown.word in ("Check", "Stop") else ()
    return [place for each in its for place in each["regions"]]


def _regions(places: list[str]) -> list[str]:
    found = []
    for place in places:
        found += WHOLES[place][1] if place in WHOLES else [place] if place in REGIONS else []
    return found


def _in_words(places: list[str], code: str, flags: list[FlagShown]) -> list[str]:
    def named(place: str) -> str:
        return str(WHOLES[place][0] if place in WHOLES else REGIONS[place].words)

    known = [place for place in places if place in WHOLES or place in REGIONS]
    if code != "found":
        return [named(place) for place in known]
    return [
        f"{named(place)}: {', '.join(s.title for s in flags if place in _local(s))}"
        for place in known
    ]
