"""A real Chromium. Without one these tests are skipped, unless TANDEM_BROWSER=required."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.utils import timezone
from factories import part, token
from playwright.sync_api import Page, expect

from intake.booking.models import Visit
from intake.booking.services import book
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.review.models import Clearance
from intake.screening.services import load_default as load_rules
from intake.submission import services
from tests.review.changed_forms import decided, first_sent
from tests.submission.filling import plain_answers

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
)
# Playwright runs an event loop in this thread, in which Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PATIENCE = 10_000
"""Milliseconds until something has to be there: no measure of speed, which is for the benchmark."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("TANDEM_BROWSER") == "required":
            pytest.fail("TANDEM_BROWSER=required, but there is no chromium on the PATH.")
        pytest.skip("There is no chromium on the PATH.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(FLAGS)}


def a_page(browser, live_server, *, scripts: bool, width: int) -> Page:
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=scripts,
        viewport={"width": width, "height": 844},
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.scripts_run = scripts
    page.script_errors = []
    page.on("pageerror", lambda error: page.script_errors.append(str(error)))
    return page


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def visitor(request, browser, live_server) -> Iterator[Page]:
    """A page of someone who has never been here, on a phone."""
    page = a_page(browser, live_server, scripts=request.param, width=390)
    yield page
    page.context.close()


@pytest.fixture
def colleague_page(browser, live_server, visitor) -> Iterator[Page]:
    """A page of someone who works here, on a laptop; scripts as the visitor has them."""
    page = a_page(browser, live_server, scripts=visitor.scripts_run, width=1280)
    yield page
    page.context.close()


@pytest.fixture
def booked(patient, practitioner, room) -> Visit:
    """A visit of the patient, whose form was filled in with plain answers and cleared."""
    load_rules()
    questions = outline(load_questions().pk)
    draft = services.begin(by=patient.account)
    answers = plain_answers(questions, timezone.localdate())
    complete = services.save_answers(intake=draft, answers=answers, by=patient.account)
    decided(first_sent(complete), practitioner.user)
    return book(
        clearance=Clearance.objects.get(),
        parts=[part(practitioner, room)],
        token=token(),
        by=patient.account,
    )
