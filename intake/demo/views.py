from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.people.policy import needs
from intake.demo.models import Letter


@needs("anyone")
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every e-mail of the demo clinic. Not found on any other site."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/mailbox.html", {"letters": Letter.objects.all()[:50]})
