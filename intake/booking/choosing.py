"""Choosing a time: one way for the patient and for the front desk, with the same free times."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.dates import in_words
from clinic.errors import Refused
from clinic.people.household import Household
from clinic.people.models import Patient
from intake.booking import services
from intake.booking.days import day_from
from intake.booking.free_times import DAYS, Slot, free_times
from intake.booking.models import Visit
from intake.review.ending import holding
from intake.review.models import Clearance

THERAPIES = {
    "both": ("acupuncture", "massage"),
    "acupuncture": ("acupuncture",),
    "massage": ("massage",),
}
KINDS = {
    "both": gettext_lazy("Acupuncture and massage in one visit"),
    "acupuncture": gettext_lazy("Acupuncture only"),
    "massage": gettext_lazy("Massage only"),
}
THE_ONE_KIND = {"acupuncture": gettext_lazy("Acupuncture"), "massage": gettext_lazy("Massage")}
NONE_FREE = {
    "both": gettext_lazy(
        "There are no free times for both treatments in one visit from %(first)s to %(last)s."
    ),
    "acupuncture": gettext_lazy(
        "There are no free times for acupuncture from %(first)s to %(last)s."
    ),
    "massage": gettext_lazy("There are no free times for massage from %(first)s to %(last)s."),
}
SHOWN_DAYS = 5
CODE = re.compile(r"[0-9]{1,11}(-[0-9]{1,18}){1,2}")


@dataclass(frozen=True)
class Side:
    """Which pages one side of the desk sees."""

    choose: str
    nothing: str
    done: str


@dataclass(frozen=True)
class Wish:
    """What was asked for, made safe: a kind that is cleared, and days inside the clearance."""

    kind: str
    first: date
    last: date
    moved: bool
    """Whether these are later days than the first possible ones."""
    notice: str = ""
    """What to say about a date that could not be used."""

    @property
    def none_free(self) -> str:
        days = {
            "first": in_words(self.first, "short_day"),
            "last": in_words(self.last, "short_day"),
        }
        return str(NONE_FREE[self.kind]) % days


def kinds(clearance: Clearance) -> dict[str, Promise]:
    """What this clearance lets people choose, in words, the combined visit first."""
    cleared = sorted(each.therapy for each in clearance.therapies.all())
    if len(cleared) < 2:
        return {therapy: THE_ONE_KIND[therapy] for therapy in cleared}
    return {kind: KINDS[kind] for kind in (["both"] if clearance.together else []) + cleared}


def wish_of(data: Mapping[str, str], clearance: Clearance, today: date) -> Wish:
    offered = kinds(clearance)
    kind = data.get("what", "")
    soonest = max(today + timedelta(days=1), clearance.valid_from)
    text = data.get("from", "")
    wanted = day_from(text)
    notice = ""
    if text and wanted is None:
        notice = _("We could not read that date. These are the first free times.")
    elif wanted and wanted > clearance.valid_until:
        notice = _("That day is after the last day you can book. These are the first free times.")
    first = soonest if notice or wanted is None else max(wanted, soonest)
    last = min(first + timedelta(days=DAYS - 1), clearance.valid_until)
    kind = kind if kind in offered else next(iter(offered))
    return Wish(kind, first, last, first > soonest, notice)


def choose_time(
    request: HttpRequest,
    *,
    clearance: Clearance | None,
    side: Side,
    patient: Patient | None = None,
    household: Household | None = None,
) -> HttpResponse:
    """GET shows the free times, POST books one. The same form sent twice leads to one visit.

    household: on the patient's side, so that the page can say whom it is about.
    """
    context = {"clearance": clearance, "patient": patient, "household": household}
    if clearance and (before := _booked_before(request, clearance)):
        return redirect(side.done, before.reference)
    if clearance is None or clearance.left < 1:
        context["hold"] = None if clearance else holding(patient)
        return render(request, side.nothing, context, status=409 if request.POST else 200)
    data = request.POST if request.method == "POST" else request.GET
    wish = wish_of(data, clearance, timezone.localdate())
    if request.method == "POST":
        return _book(request, clearance, side, wish, context)
    return render(request, side.choose, context | _offer(clearance, wish, _slots(clearance, wish)))


def _slots(clearance: Clearance, wish: Wish) -> list[Slot]:
    therapies = THERAPIES[wish.kind]
    return free_times(
        clearance=clearance, therapies=therapies, now=timezone.now(), first=wish.first
    )


def _offer(clearance: Clearance, wish: Wish, slots: list[Slot], sentence: str = "") -> dict:
    days = [(day, list(times)) for day, times in groupby(slots, key=lambda slot: slot.day)]
    after = wish.last + timedelta(days=1)
    later = days[SHOWN_DAYS][0] if len(days) > SHOWN_DAYS else after
    shown = days[:SHOWN_DAYS]
    return {
        "kinds": list(kinds(clearance).items()),
        "wish": wish,
        "days": shown,
        "later": later if later <= clearance.valid_until else None,
        "first_id": f"s{shown[0][1][0].code}" if shown else "main",
        "token": uuid.uuid4(),
        "sentence": sentence,
    }


def _book(request, clearance: Clearance, side: Side, wish: Wish, context: dict) -> HttpResponse:
    code, token = _code(request), _token(request)
    slots = _slots(clearance, wish)
    chosen = next((slot for slot in slots if slot.code == code), None)
    if chosen is None or token is None:
        sentence, status = _not_there(code, token, slots), 422
    else:
        try:
            parts = list(chosen.parts)
            visit = services.book(clearance=clearance, parts=parts, token=token, by=request.user)
            return redirect(side.done, visit.reference)
        except services.SlotTaken as refused:
            slots = [slot for slot in _slots(clearance, wish) if slot.code != code]
            sentence, status = f"{refused.sentence} {_closest(slots)}", 409
        except Refused as refused:
            code, sentence, status = "", refused.sentence, 409
    near = bool(code and token)
    offer = _offer(clearance, wish, _nearest(slots, code) if near else slots, sentence)
    return render(request, side.choose, context | offer | {"near": near}, status=status)


def _not_there(code: str, token: str | None, slots: list[Slot]) -> str:
    if token is None:
        return _("We could not read what was sent. Choose a time again.")
    if not code:
        return _("Choose a time.")
    gone = _("This time is no longer free.")
    return f"{gone} {_closest(slots)}"


def _closest(slots: list[Slot]) -> str:
    return _("These are the closest.") if slots else _("No other time is free in these days.")


def _nearest(slots: list[Slot], code: str) -> list[Slot]:
    wanted = int(code.partition("-")[0])
    near = sorted(slots, key=lambda slot: abs(slot.starts_at.timestamp() - wanted))[:3]
    return sorted(near, key=lambda slot: slot.starts_at)


def _code(request: HttpRequest) -> str:
    """The slot that was chosen; "" when none was, or when the text names none."""
    code = request.POST.get("slot", "")
    return code if CODE.fullmatch(code) else ""


def _booked_before(request: HttpRequest, clearance: Clearance) -> Visit | None:
    token = _token(request)
    mine = Visit.objects.visible_to(request.user).filter(patient=clearance.patient_id)
    return mine.filter(form_token=token).first() if token else None


def _token(request: HttpRequest) -> str | None:
    try:
        return str(uuid.UUID(request.POST.get("token", "")))
    except ValueError:
        return None
