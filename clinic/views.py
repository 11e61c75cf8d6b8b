"""Pages that belong to no room: landing, health check, errors, and the way home."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic.looks import COOKIE, LOOKS
from clinic.people import languages
from clinic.people.policy import allows, needs


@needs("anyone")
def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "landing.html")


@needs("signed_in")
def home(request: HttpRequest) -> HttpResponse:
    """Each person to the page they work from."""
    user = request.user
    if user.is_registered:
        return redirect("review:queue")
    if user.is_reception or user.is_practitioner:
        return redirect("booking:diary")
    if user.is_manager:
        return redirect("admin:index")
    return redirect("home:me")


@needs("anyone")
def healthz(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


@needs("anyone")
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "form_expired.html", status=403)


@needs("anyone")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Day or night for this browser, until it is closed: phones are shared."""
    answer = _back(request)
    chosen = request.POST.get("look", "")
    if chosen in LOOKS:
        answer.set_cookie(COOKIE, chosen, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer


@needs("anyone")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of this browser until it is closed; a patient's account keeps it for good."""
    answer = _back(request)
    chosen = request.POST.get("language", "")
    if languages.known(chosen):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        if allows("patient", request.user):
            languages.keep(language=chosen, by=request.user)
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    """To the page one was on; pages of other sites do not count."""
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return redirect(there if safe else "/")
