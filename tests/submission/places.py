"""Addresses of a form, and sending it, as a browser does."""

from django.urls import reverse

from intake.submission.models import Intake
from tests.submission.filling import MEDICINE


def at(name: str, intake: Intake, *more: str) -> str:
    return reverse(f"submission:{name}", args=[intake.reference, *more])


def page_at(intake: Intake, page) -> str:
    return at("page", intake, page.section, page.number)


def send(client, intake: Intake):
    return client.post(at("send", intake), {"token": str(intake.form_token)})


def list_a_medicine(client, address: str) -> str:
    """One medicine in its steps from the page of the list; the address of the page after it."""
    added = client.post(f"{address}add/", {"name": MEDICINE["name"], "key": MEDICINE["key"]})
    assert added.url == f"{address}{MEDICINE['key']}/"
    details = {part: MEDICINE[part] for part in ("dose", "how_often")}
    assert client.post(added.url, details).url == address
    return client.post(address, {"another": "no"}).url
