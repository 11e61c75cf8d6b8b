"""Takes the pictures in docs/pictures anew, from the demo clinic in a real browser."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from playwright.sync_api import Browser, Page, sync_playwright

from intake.demo import pictures
from intake.demo.people import PASSWORD, TOTP_SECRET

PORT = 8765
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


class Command(BaseCommand):
    help = "Takes the pictures of the main pages for the README (needs the system's Chromium)."

    def handle(self, *args: object, **options: object) -> None:
        chromium = shutil.which("chromium")
        if chromium is None:
            raise CommandError("There is no chromium on the PATH.")
        pictures.FOLDER.mkdir(exist_ok=True)
        with _demo() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for who in dict.fromkeys(picture.who for picture in pictures.pictures()):
                _take_all_of(who, browser, site)
        pictures.MADE_FROM.write_text(pictures.made_from() + "\n")
        self.stdout.write(f"{len(pictures.files())} pictures are new in {pictures.FOLDER}.")


@contextmanager
def _demo() -> Iterator[str]:
    """A demo clinic of its own, removed afterwards."""
    with tempfile.TemporaryDirectory() as var:
        environment = os.environ | {"TANDEM_VAR": var, "DEMO": "1"}
        command = [sys.executable, "manage.py", "demo", "--port", str(PORT), "--patients", "20"]
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
        )
        try:
            yield _when_ready(f"http://localhost:{PORT}", process)
        finally:
            process.terminate()
            process.wait(30)


def _when_ready(site: str, process: subprocess.Popen) -> str:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            urlopen(f"{site}/healthz", timeout=5).close()  # noqa: S310
            return site
        except URLError:
            time.sleep(0.2)
    raise CommandError("The demo clinic did not start.")


def _take_all_of(who: str, browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    if who:
        sign_in = _with_a_password if who == pictures.PRACTITIONER else _with_a_code
        sign_in(page, who)
    page.goto("/reviews/" if who == pictures.PRACTITIONER else "/me/" if who else "/")
    form = pictures.form_in(page.content())
    for picture in pictures.pictures():
        if picture.who == who:
            _take(page, picture, picture.path.format(form=form, case=form))
    context.close()


def _take(page: Page, picture: pictures.Picture, path: str) -> None:
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        raise CommandError(f"{path} did not answer.")
    for what in picture.press:
        page.locator(what).first.click(force=True)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for screen, (width, height) in pictures.SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=pictures.FOLDER / f"{picture.name}-{screen}.png")


def _with_a_code(page: Page, who: str) -> None:
    page.goto("/account/code/")
    page.fill("[name=email]", who)
    page.click("main button")
    mailbox = page.context.new_page()
    mailbox.goto("/demo/mailbox/")
    code = re.search(r"\b\d{6}\b", mailbox.inner_text("main")).group()
    mailbox.close()
    page.fill("[name=code]", code)
    page.click("main button")


def _with_a_password(page: Page, who: str) -> None:
    page.goto("/account/staff/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.fill(
        "[name=code]",
        format_hotp_value(hotp_value(TOTP_SECRET, next(yield_hotp_counters_from_time()))),
    )
    page.click("main form button")
