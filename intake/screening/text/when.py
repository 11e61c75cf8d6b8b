"""When something happened, as far as words say. Days are the latest that the words allow."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from intake.screening.dates import months_before
from intake.screening.text.words import Words

MONTHS = {
    **{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7},
    **{"august": 8, "september": 9, "october": 10, "november": 11, "december": 12},
    **{"jan": 1, "feb": 2, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12},
}
NUMBERS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    **{"few": 2, "couple": 2, "several": 3},
}
UNITS = {
    "day": 1,
    "week": 7,
    "wk": 7,
    "wks": 7,
    "month": 30,
    "mth": 30,
    "year": 365,
    "yr": 365,
    "yrs": 365,
    "decade": 3650,
}
DOSES = frozenset(
    {"mg", "ml", "mcg", "g", "iu", "unit", "step", "metre", "meter", "calory", "kcal"}
)
EARLIEST_YEAR = 1900
ONWARDS = frozenset({"since", "from"})
"""Before a time: when it began, not when it was over."""
LESS_THAN = (["less", "than"], ["fewer", "than"], ["up", "to"])
WITHIN = frozenset({"under", "within"})
"""Before "a year ago": it may have been yesterday."""


@dataclass(frozen=True)
class Time:
    first: int
    after: int
    """The word after its last one."""
    latest: date


def times_of(words: Words, on: date) -> list[Time]:
    found: list[Time] = []
    for place, word in enumerate(words.exact):
        if word[0].isdigit():
            time = _year(words, place, on)
        elif word == "ago":
            time = _ago(words, place, on)
        elif word == "last" or word == "this":
            time = _last(words, place, on)
        elif word in MONTHS:
            time = _month(words, place, on)
        else:
            continue
        if time and words.exact[max(0, time.first - 1)] not in ONWARDS:
            found.append(time)
    return found


def _year(words: Words, place: int, on: date) -> Time | None:
    word = words.exact[place]
    if len(word) == 4 and word.isascii() and word.isdigit():
        unit = words.stem[place + 1] if place + 1 < len(words) else ""
        year = int(word)
        if EARLIEST_YEAR <= year <= on.year and unit not in DOSES:
            return Time(place, place + 1, min(date(year, 12, 31), on))
    elif word in ("50s", "60s", "70s", "80s", "90s") and words.exact[place - 1] == "in":
        return Time(place, place + 1, date(1909 + 10 * int(word[0]), 12, 31))
    elif len(word) == 5 and word.endswith("s") and word[:4].isascii() and word[:4].isdigit():
        year = int(word[:3] + "9")
        if EARLIEST_YEAR <= year <= on.year:
            return Time(place, place + 1, date(year, 12, 31))
    return None


def _ago(words: Words, place: int, on: date) -> Time | None:
    if not place or (length := UNITS.get(words.stem[place - 1])) is None:
        return None
    first, number = place - 1, 2 if words.stem[place - 1] != words.exact[place - 1] else 1
    for back in (place - 2, place - 3):
        if back < 0:
            break
        said = words.exact[back]
        if said in NUMBERS or (said.isascii() and said.isdigit() and len(said) < 4):
            first, number = back, NUMBERS.get(said) or int(said)
            break
        if said != "of":
            break
    if words.exact[max(0, first - 2) : first] in LESS_THAN or words.exact[first - 1] in WITHIN:
        return Time(first, place + 1, on)
    if length == 30:
        return Time(first, place + 1, months_before(on, number))
    return Time(first, place + 1, on - timedelta(days=min(length * number, 40_000)))


def _last(words: Words, place: int, on: date) -> Time | None:
    unit = words.stem[place + 1] if place + 1 < len(words) else ""
    if unit == "year" and words.exact[place] == "last":
        return Time(place, place + 2, date(on.year - 1, 12, 31))
    if unit in UNITS or unit in ("night", "morning"):
        return Time(place, place + 2, on)
    return None


def _month(words: Words, place: int, on: date) -> Time | None:
    """A month with its year, or the last one of that name; "may" and "march" need "in" before."""
    month = MONTHS[words.exact[place]]
    following = words.exact[place + 1] if place + 1 < len(words) else ""
    if len(following) == 4 and following.isascii() and following.isdigit():
        year = int(following)
    elif place and words.exact[place - 1] in ("in", "last", "since", "until", "from", "of"):
        year = on.year if month <= on.month else on.year - 1
    else:
        return None
    if not EARLIEST_YEAR <= year <= on.year:
        return None
    beyond = date(year + month // 12, month % 12 + 1, 1)
    return Time(place, place + 2, min(beyond - timedelta(days=1), on))


def bound(words: Words, times: list[Time], hits: list[tuple[int, int]]) -> dict[int, date]:
    """For each hit, by its place in `hits`, the latest day of the times that belong to it.

    A time belongs to the last hit before it in the same sentence, and to those joined to that one
    by "and" or "or"; where none stands before it, to those that follow it.
    """
    firsts = [first for first, _ in hits]
    days: dict[int, date] = {}
    for time in times:
        number = words.sentence[time.first]
        before = bisect_left(firsts, time.first) - 1
        if before >= 0 and _reaches(words, hits[before][1], time.first, number):
            owners = _joined_before(words, hits, before)
        else:
            owners = _following(words, hits, before + 1, time)
        for owner in owners:
            days[owner] = max(time.latest, days.get(owner, time.latest))
    return days


def _reaches(words: Words, first: int, last: int, number: int) -> bool:
    if last - first > 6 or words.sentence[max(0, first - 1)] != number:
        return False
    between = words.exact[first:last]
    return not {"but", "however", "except", "although"} & set(between)


def _joined_before(words: Words, hits: list[tuple[int, int]], hit: int) -> list[int]:
    owners = [hit]
    while owners[-1] > 0:
        first, after = hits[owners[-1]][0], hits[owners[-1] - 1][1]
        if words.exact[after:first] not in (["and"], ["or"]) or words.gap[first]:
            break
        owners.append(owners[-1] - 1)
    return owners


def _following(words: Words, hits: list[tuple[int, int]], hit: int, time: Time) -> list[int]:
    owners = []
    end = time.after
    while hit < len(hits) and _reaches(words, end, hits[hit][0], words.sentence[time.first]):
        if words.sentence[hits[hit][0]] != words.sentence[time.first]:
            break
        owners.append(hit)
        end = hits[hit][1]
        hit += 1
    return owners
