"""Cancelling a visit: one way for the patient and for the front desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from clinic.errors import Refused
from intake.booking import services
from intake.booking.models import Visit


def cancel_visit(request: HttpRequest, *, visit: Visit, page: str, done: str) -> HttpResponse:
    """GET asks once more, as long as the visit can be cancelled; POST cancels it."""
    if request.method == "GET" and visit.can_be_cancelled(at=timezone.now()):
        return render(request, page, {"visit": visit})
    if request.method == "POST":
        try:
            services.cancel(visit=visit, by=request.user)
        except Refused as refused:
            messages.info(request, refused.sentence)
    return redirect(done, visit.reference)
