"""The site's addresses, and beside them finished pages to be rendered only. For the benchmark.

A finished page puts the same questions to the database as the real one, and does nothing with the
answers.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from clinic.people.policy import needs
from clinic.urls import urlpatterns as of_the_site


@dataclass
class Held:
    template: object
    statements: list[str] = field(default_factory=list)


_held: list[Held] = []


def hold(html: str) -> int:
    """Keeps a page; returns the number it is shown under."""
    whole = "{% verbatim held %}" + html + "{% endverbatim held %}"
    _held.append(Held(engines["django"].from_string(whole)))
    return len(_held) - 1


def reads(number: int, statements: list[str]) -> None:
    """What the real page reads besides what every page does."""
    _held[number].statements = [each for each in statements if each.startswith("SELECT")]


@needs("patient")
def plain(request: HttpRequest, number: int) -> HttpResponse:
    held = _held[number]
    with connection.cursor() as cursor:
        for statement in held.statements:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse(held.template.render({}, request))


urlpatterns = [*of_the_site, path("plain/<int:number>/", plain)]
