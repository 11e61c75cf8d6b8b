"""The history of a case can be narrowed to decisions, messages, changes or access, by links."""

import re
from urllib.parse import urlsplit

import pytest
from factories import make_sent

from intake.review.services import Opinion, decide, step
from intake.review.timeline import SAID, about, timeline
from intake.submission.models import Intake


@pytest.fixture
def intake(patient, practitioner, signed_in) -> Intake:
    """Opened, asked about, taken up again, and decided."""
    revision = make_sent(patient, wants=("massage",))
    address = f"/reviews/{revision.intake.reference}/"
    signed_in.get(address)
    step(intake=revision.intake, name="ask", by=practitioner.user)
    step(intake=revision.intake, name="answered_by_phone", by=practitioner.user)
    signed_in.get(address)
    decide(revision=revision, opinions=[Opinion("massage", "suitable")], by=practitioner.user)
    return Intake.objects.get()


def lines(page: str) -> list[str]:
    history = page[page.index('id="history"') :]
    return re.findall(r"</time> (.*?) <span", history)


class TestTheHistory:
    @pytest.mark.parametrize("chosen", ["", "decisions", "messages", "changes", "access"])
    def test_shows_as_many_lines_as_each_link_says(self, signed_in, intake, chosen):
        shown = timeline(intake, chosen)

        counted = {code: count for code, _, count in shown.counts}
        assert len(shown.recent) + len(shown.older) == counted[chosen]

    def test_is_narrowed_by_a_link_without_scripts(self, signed_in, intake):
        page = signed_in.get(f"/reviews/{intake.reference}/").content.decode()
        link = re.search(r'href="([^"]*history=decisions#history)"', page).group(1)

        narrowed = lines(signed_in.get(link.split("#")[0]).content.decode())

        assert "A decision was stored" in narrowed
        assert "Read the answers" in lines(page)
        assert "Read the answers" not in narrowed
        assert urlsplit(link).fragment == "history"

    def test_says_which_link_was_followed(self, signed_in, intake):
        page = signed_in.get(f"/reviews/{intake.reference}/?history=access").content.decode()

        assert re.search(r'history=access#history" aria-current="true"', page)

    def test_shows_everything_for_what_is_no_filter(self, signed_in, intake):
        assert timeline(intake, "x\x00") == timeline(intake)

    def test_says_so_where_nothing_fits(self, signed_in, patient):
        sent = make_sent(patient).intake
        page = signed_in.get(f"/reviews/{sent.reference}/?history=messages").content.decode()

        assert "Nothing of this kind has happened." in page

    @pytest.mark.parametrize("action", SAID)
    def test_has_a_place_for_every_action_with_words(self, action):
        assert about(action)

    @pytest.mark.parametrize(
        ("action", "place"),
        [("form_ask", "messages"), ("form_ask_colleague", "decisions"), ("read_x", "access")],
    )
    def test_goes_by_the_longest_beginning(self, action, place):
        assert about(action) == place
