"""A decision that is begun, and the page it comes back on."""

from decision_forms import decision_for

WORDS = "Side lying, a pillow between the knees."
QUIETLY = {"Accept": "application/json"}


def begun(revision, **changes) -> dict:
    """What a page sends whose writer has got as far as one therapy."""
    half = {"acupuncture": "not_now", "massage_precautions": WORDS, "for_patient": ""}
    typed = decision_for(revision) | {"seen": "0", "keep": "1"} | half | changes
    return {name: value for name, value in typed.items() if name != "massage"}


def form_on(client, case: str):
    return client.get(case).context["form"]
