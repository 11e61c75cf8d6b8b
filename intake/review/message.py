"""A first draft of what the patient reads, in the language they read. A person goes over it."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from intake.review.models import POSITIVE, Suitability
from intake.review.policy import NEXT_STEPS
from intake.review.services import Opinion


def draft(opinions: list[Opinion], *, language: str) -> str:
    """Short paragraphs; no finding is named, and nothing is promised."""
    with override(language):
        return "\n\n".join(_paragraphs({each.therapy: each for each in opinions}))


def _paragraphs(opinions: dict[str, Opinion]) -> list[str]:
    positive = {t for t, each in opinions.items() if each.suitability in POSITIVE}
    found = [_("Thank you for telling us about your health. We have read all of it.")]
    if positive == {"acupuncture", "massage"}:
        found.append(_("Acupuncture and massage both fit what you told us."))
    elif "acupuncture" in positive:
        found.append(_("Acupuncture fits what you told us."))
    elif "massage" in positive:
        found.append(_("Massage fits what you told us."))
    if any(each.suitability == Suitability.WITH_CHANGES for each in opinions.values()):
        found.append(_("We make some changes for you. We tell you about them when you come."))
    for therapy, opinion in opinions.items():
        if therapy not in positive:
            not_now = {
                "acupuncture": _("Acupuncture does not fit at the moment."),
                "massage": _("Massage does not fit at the moment."),
            }
            found.append(f"{not_now[therapy]} {NEXT_STEPS[opinion.next_step].for_the_patient}")
    if positive:
        found.append(_("Tell us before you come if anything about your health changes."))
    return found
