"""The patient's visits, and choosing a time for what is cleared."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.errors import Refused
from clinic.people.policy import needs
from intake.booking import services
from intake.booking.free_times import Slot, free_times
from intake.booking.models import Visit
from intake.review.models import Clearance

WORDS = {
    "both": "Acupuncture and massage in one visit",
    "acupuncture": "Acupuncture",
    "massage": "Massage",
}
SHOWN = 60


def offered(clearance: Clearance) -> list[str]:
    """What this clearance lets the patient choose, the combined visit first."""
    cleared = sorted(t.therapy for t in clearance.therapies.all())
    return (["both"] if clearance.together and len(cleared) == 2 else []) + cleared


def therapies(wanted: str) -> tuple[str, ...]:
    return ("acupuncture", "massage") if wanted == "both" else (wanted,)


def _clearance(request: HttpRequest) -> Clearance | None:
    mine = Clearance.objects.visible_to(request.user).live_on(timezone.localdate())
    return mine.select_related("patient").prefetch_related("therapies").order_by("-pk").first()


@needs("patient")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    clearance = _clearance(request)
    if clearance is None:
        return render(request, "booking/nothing_cleared.html")
    choices = offered(clearance)
    wanted = request.GET.get("what") or request.POST.get("what")
    wanted = wanted if wanted in choices else choices[0]
    slots = free_times(clearance=clearance, therapies=therapies(wanted), now=timezone.now())
    if request.method == "POST":
        return _book(request, clearance, wanted, slots)
    return _show(request, clearance, wanted, slots)


def _show(request, clearance, wanted, slots, *, sentence="", status=200) -> HttpResponse:
    context = {
        "clearance": clearance,
        "choices": [(code, WORDS[code]) for code in offered(clearance)],
        "wanted": wanted,
        "slots": slots[:SHOWN],
        "token": uuid.uuid4(),
        "sentence": sentence,
    }
    return render(request, "booking/choose.html", context, status=status)


def _book(request, clearance, wanted, slots) -> HttpResponse:
    token = _token(request.POST.get("token", ""))
    code = request.POST.get("slot", "")
    again = (
        Visit.objects.visible_to(request.user).filter(form_token=token).first() if token else None
    )
    if again:
        return redirect("booking:visit", again.reference)
    chosen = next((slot for slot in slots if slot.code == code), None)
    if chosen is None or token is None:
        return _show(
            request, clearance, wanted, _nearest(slots, code), sentence=_gone(code), status=422
        )
    try:
        visit = services.book(
            clearance=clearance, parts=list(chosen.parts), token=str(token), by=request.user
        )
    except Refused as refused:
        left = [slot for slot in slots if slot is not chosen]
        sentence = f"{refused.sentence} These are the closest."
        near = _nearest(left, code)
        return _show(request, clearance, wanted, near, sentence=sentence, status=409)
    return redirect("booking:visit", visit.reference)


def _gone(code: str) -> str:
    return "This time is no longer free. These are the closest." if code else "Choose a time."


def _nearest(slots: list[Slot], code: str) -> list[Slot]:
    start = code.partition("-")[0]
    if not (start.isascii() and start.isdigit() and len(start) < 12):
        return slots
    near = sorted(slots, key=lambda slot: abs(slot.starts_at.timestamp() - int(start)))[:3]
    return sorted(near, key=lambda slot: slot.starts_at)


def _token(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@needs("patient")
@require_GET
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    mine = Visit.objects.visible_to(request.user).prefetch_related(
        "treatments__practitioner__user", "treatments__room"
    )
    return render(
        request, "booking/visit.html", {"visit": get_object_or_404(mine, reference=reference)}
    )


@needs("patient")
@require_POST
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    mine = Visit.objects.visible_to(request.user).select_related("clearance__patient", "patient")
    visit = get_object_or_404(mine, reference=reference)
    try:
        services.cancel(visit=visit, by=request.user)
    except Refused as refused:
        messages.info(request, refused.sentence)
    return redirect("booking:visit", reference)
