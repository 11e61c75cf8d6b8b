"""The front desk: the diary, who can be booked, and one visit."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clinic.people.models import Patient
from clinic.people.policy import needs
from intake.booking import queries, services
from intake.booking.cancelling import cancel_visit
from intake.booking.choosing import Side, choose_time
from intake.booking.days import day_from
from intake.booking.models import Visit
from intake.booking.words import cleared_in_words

DESK = Side(
    choose="booking/book_for.html",
    nothing="booking/nothing_for.html",
    done="booking:staff_visit",
)
LONGEST_LIST = 100


@needs("front_desk")
@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """One day of the clinic. A day that cannot be read is said to be so; today is shown."""
    today, text = timezone.localdate(), request.GET.get("day", "")
    wanted = day_from(text)
    day = wanted or today
    only_mine = request.user.is_practitioner and request.GET.get("mine") == "1"
    visits = list(queries.diary(user=request.user, day=day, only_mine=only_mine))
    standing = [visit for visit in visits if visit.cancelled_at is None]
    context = {
        "day": day,
        "today": today,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "unread": text and wanted is None,
        "only_mine": only_mine,
        "visits": standing,
        "cancelled": [visit for visit in visits if visit.cancelled_at],
        "next_day": None
        if standing
        else queries.next_day_with_visits(user=request.user, after=day),
    }
    return render(request, "booking/diary.html", context)


@needs("front_desk")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    found = list(queries.waiting(user=request.user, now=timezone.now())[: LONGEST_LIST + 1])
    rows = [(clearance, cleared_in_words(clearance)) for clearance in found[:LONGEST_LIST]]
    context = {"waiting": rows, "more": len(found) > LONGEST_LIST}
    return render(request, "booking/waiting.html", context)


@needs("front_desk")
@require_http_methods(["GET", "POST"])
def book_for(request: HttpRequest, reference: str) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), reference=reference)
    day = timezone.localdate()
    clearance = queries.bookable_for(patient, user=request.user, day=day)
    return choose_time(request, clearance=clearance, side=DESK, patient=patient)


def _visit(request: HttpRequest, reference: str) -> Visit:
    visible = Visit.objects.visible_to(request.user).with_treatments()
    return get_object_or_404(visible, reference=reference)


@needs("front_desk")
@require_GET
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    """Practitioners also read the precautions of a visit that stands, which leaves a trace."""
    visit = _visit(request, reference)
    treatments = [(each, []) for each in visit.treatments.all()]
    may_read = request.user.is_registered and visit.cancelled_at is None
    if may_read:
        read = services.read_precautions(visit=visit, by=request.user)
        treatments = [(each, read.get(each.therapy, [])) for each, _ in treatments]
    context = {
        "visit": visit,
        "treatments": treatments,
        "may_read": may_read,
        "form": queries.form_behind(visit) if may_read else "",
        "ahead": visit.can_be_cancelled(at=timezone.now()),
    }
    return render(request, "booking/staff_visit.html", context)


@needs("front_desk")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    return cancel_visit(
        request,
        visit=_visit(request, reference),
        page="booking/staff_cancel.html",
        done="booking:staff_visit",
    )
