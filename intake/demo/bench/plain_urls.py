"""The site's addresses, and beside them finished pages to be rendered only. For the benchmark."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from clinic.people.policy import needs
from clinic.urls import urlpatterns as of_the_site

_held: list = []


def hold(html: str) -> int:
    """Keeps a page; returns the number it is shown under."""
    _held.append(
        engines["django"].from_string("{% verbatim held %}" + html + "{% endverbatim held %}")
    )
    return len(_held) - 1


@needs("patient")
def plain(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(_held[number].render({}, request))


urlpatterns = [*of_the_site, path("plain/<int:number>/", plain)]
