"""The patient's visits, and choosing a time for what is cleared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clinic.people.household import household
from clinic.people.policy import needs
from intake.booking import queries
from intake.booking.cancelling import cancel_visit
from intake.booking.choosing import Side, choose_time
from intake.booking.models import Visit

PATIENT = Side(
    choose="booking/choose.html", nothing="booking/nothing_cleared.html", done="booking:visit"
)


@needs("patient")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, person: str = "") -> HttpResponse:
    """Free times for what is cleared for this person, and for nobody else of the account."""
    ours = household(request.user, person)
    day = timezone.localdate()
    clearance = queries.bookable_for(ours.person, user=request.user, day=day)
    return choose_time(
        request, clearance=clearance, side=PATIENT, patient=ours.person, household=ours
    )


@needs("patient")
@require_GET
def visits(request: HttpRequest, person: str = "") -> HttpResponse:
    ours, now = household(request.user, person), timezone.now()
    mine = list(queries.own_visits(user=request.user).filter(patient=ours.person))
    ahead = [visit for visit in mine if visit.can_be_cancelled(at=now)]
    before = [visit for visit in reversed(mine) if visit not in ahead]
    context = {"household": ours, "ahead": ahead, "before": before}
    return render(request, "booking/visits.html", context)


def _mine(request: HttpRequest, reference: str) -> Visit:
    return get_object_or_404(queries.own_visits(user=request.user), reference=reference)


@needs("patient")
@require_GET
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _mine(request, reference)
    ahead = visit.can_be_cancelled(at=timezone.now())
    return render(request, "booking/visit.html", {"visit": visit, "ahead": ahead})


@needs("patient")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """GET shows what will be cancelled; only the button cancels."""
    visit = _mine(request, reference)
    return cancel_visit(request, visit=visit, page="booking/cancel.html", done="booking:visit")
