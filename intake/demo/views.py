from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.people.policy import needs
from intake.demo.gallery import shown
from intake.demo.models import Letter


@needs("anyone")
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every e-mail of the demo clinic. Not found on any other site."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/mailbox.html", {"letters": Letter.objects.all()[:50]})


@needs("staff")
def components(request: HttpRequest) -> HttpResponse:
    """What pages are made of, each with easy and with hard data."""
    return render(request, "demo/gallery.html", {"shown": shown()})
