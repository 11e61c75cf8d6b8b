"""The first free time on a page of free times, and booking it."""

from django.http import HttpResponse
from django.test import Client
from factories import token

from intake.booking.free_times import Slot

PAGE = "/me/book/"


def first_slot(client: Client, address: str = PAGE) -> Slot:
    _, times = client.get(address).context["days"][0]
    return times[0]


def book_first(client: Client, what: str = "both", address: str = PAGE) -> HttpResponse:
    form = {"what": what, "slot": first_slot(client, f"{address}?what={what}").code}
    return client.post(address, form | {"token": token()})
