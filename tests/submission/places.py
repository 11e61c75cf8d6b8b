"""Addresses of a form, and sending it, as a browser does."""

from django.urls import reverse

from intake.submission.models import Intake


def at(name: str, intake: Intake, *more: str) -> str:
    return reverse(f"submission:{name}", args=[intake.reference, *more])


def page_at(intake: Intake, page) -> str:
    return at("page", intake, page.section, page.number)


def send(client, intake: Intake):
    return client.post(at("send", intake), {"token": str(intake.form_token)})
