"""A decision as the page sends it."""


def decision_for(sent, **changes) -> dict:
    return {
        "revision": sent.pk,
        "acupuncture": "suitable",
        "massage": "suitable_with_changes",
        "massage_precautions": "light pressure",
        "weeks": "6",
        "sessions": "6",
        "together": "on",
        "for_patient": "You can book both together.",
    } | changes
