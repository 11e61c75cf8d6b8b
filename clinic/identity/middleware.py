"""The clinic's details, read once per request; every time on a page is the clinic's own."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from clinic.identity.services import clinic


class ClinicMiddleware:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        request.clinic = clinic()
        with timezone.override(ZoneInfo(request.clinic.time_zone)):
            return self.get_response(request)
