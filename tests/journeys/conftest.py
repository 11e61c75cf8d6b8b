"""A real Chromium. Without one these tests are skipped, unless TANDEM_BROWSER=required."""

import os
import shutil

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
)
# Playwright runs an event loop in this thread, in which Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("TANDEM_BROWSER") == "required":
            pytest.fail("TANDEM_BROWSER=required, but there is no chromium on the PATH.")
        pytest.skip("There is no chromium on the PATH.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(FLAGS)}


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def visitor(request, browser, live_server):
    """A page of someone who has never been here, on a phone."""
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=request.param,
        viewport={"width": 390, "height": 844},
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.scripts_run = request.param
    yield page
    context.close()
