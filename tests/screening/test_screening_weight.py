"""What a finding weighs when a therapy is cleared, and on the form as a whole."""

import pytest

from intake.screening.levels import BY_CODE
from intake.screening.weight import rank, weight

BOTH = ("acupuncture", "massage")


def finding(*, local: dict | None = None, code: str = "diabetes", **levels: str) -> dict:
    ways = ("acupuncture", "electroacupuncture", "heat", "massage")
    return {
        "code": code,
        "levels": {way: levels.get(way, "none") for way in ways},
        "local": {way: {"level": level, "regions": []} for way, level in (local or {}).items()},
    }


@pytest.mark.parametrize(
    ("found", "acupuncture", "massage"),
    [
        (finding(acupuncture="caution", massage="contraindicated"), "caution", "contraindicated"),
        # In one place it asks for an answer, and rules nothing out.
        (finding(local={"massage": "contraindicated"}), "none", "consult_first"),
        (finding(local={"acupuncture": "caution"}), "caution", "none"),
        # What can be left out asks for a look, never for more.
        (finding(electroacupuncture="contraindicated"), "caution", "none"),
        (finding(acupuncture="note", heat="consult_first"), "caution", "none"),
        (finding(local={"heat": "contraindicated"}, massage="note"), "caution", "note"),
        (finding(acupuncture="consult_first", heat="caution"), "consult_first", "none"),
        # Advice about a place weighs nothing.
        (finding(code="region_ribs", local={"acupuncture": "consult_first"}), "none", "none"),
    ],
)
def test_of_a_finding_for_each_therapy(found, acupuncture, massage):
    assert weight(found, "acupuncture") == BY_CODE[acupuncture]
    assert weight(found, "massage") == BY_CODE[massage]


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        (BOTH, finding(acupuncture="caution", massage="consult_first"), "consult_first"),
        (("acupuncture",), finding(acupuncture="caution", massage="consult_first"), "caution"),
        (("massage",), finding(acupuncture="contraindicated"), "note"),
        (("massage",), finding(massage="note", local={"heat": "contraindicated"}), "note"),
        (("acupuncture",), finding(local={"heat": "contraindicated"}), "caution"),
        (BOTH, finding(code="region_ribs", local={"acupuncture": "consult_first"}), "note"),
        (BOTH, finding(), "none"),
    ],
)
def test_on_the_form_it_is_what_the_decision_makes_of_it(wanted, found, expected):
    assert rank(found, wanted) == BY_CODE[expected]
