"""A visit in words: who does what, in which order, with the rest between."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.review.models import Clearance


class Said(NamedTuple):
    """One treatment, as far as it is said to a person."""

    therapy: str
    who: str
    starts_at: datetime
    ends_at: datetime


def minutes_between(start: datetime, end: datetime) -> int:
    """Real minutes that pass, also across a change of the clocks."""
    return int(end.timestamp() - start.timestamp()) // 60


def in_words(parts: Iterable[Said]) -> str:
    """acupuncture with Mei Lindqvist, 10 minutes' rest, then massage with Jo Brandt"""
    words, ended = "", None
    for part in parts:
        one = _("%(therapy)s with %(who)s") % {"therapy": part.therapy, "who": part.who}
        words = one if ended is None else _after(words, minutes_between(ended, part.starts_at), one)
        ended = part.ends_at
    return words


def _after(before: str, minutes: int, after: str) -> str:
    if minutes < 1:
        sentence = _("%(before)s, then %(after)s")
    else:
        sentence = ngettext(
            "%(before)s, %(n)s minute's rest, then %(after)s",
            "%(before)s, %(n)s minutes' rest, then %(after)s",
            minutes,
        )
    return sentence % {"before": before, "n": minutes, "after": after}


def initials(name: str) -> str:
    """For paper that lies about: R. O."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def cleared_in_words(clearance: Clearance) -> str:
    """Acupuncture and massage, in one visit or apart"""
    cleared = sorted(each.get_therapy_display() for each in clearance.therapies.all())
    how = ", in one visit or apart" if clearance.together else ", not in one visit"
    return " and ".join(cleared).capitalize() + (how if len(cleared) > 1 else "")
