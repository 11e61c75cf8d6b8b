"""What was asked and answered, on pages of earlier rooms."""

from django import template

from intake.review.asking_reading import threads
from intake.submission import words_shown
from intake.submission.models import Intake, Revision

register = template.Library()


@register.inclusion_tag("review/ask_for_patient.html")
def questions_and_answers(intake: Intake, revision: Revision) -> dict[str, object]:
    """In the words of this revision."""
    shown = threads(intake, words_shown.sent(revision))
    return {"rounds": [each for each in shown if each.rows]}
