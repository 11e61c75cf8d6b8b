"""The paper form, for anyone: it holds questions and no answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET

from clinic.people.policy import needs
from intake.questionnaire.emergency import short_check
from intake.questionnaire.figure import views
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.offered import offered
from intake.questionnaire.outline import outline
from intake.submission.paper import MEDICINE_ROWS, SCALE, paper_form
from intake.submission.services import NotReady


@needs("anyone")
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """`?large` prints it in large letters."""
    current = QuestionSet.objects.current()
    if current is None:
        return render(request, "submission/no_paper.html", {"sentence": NotReady.sentence})
    language = get_language()
    translation = offered(current.pk, language)
    questions = outline(current.pk, translation.pk if translation else None)
    with override(questions.language):
        context = {
            "questions": questions,
            "parts": paper_form(questions),
            "check": short_check(questions.language),
            "figures": views(),
            "large": "large" in request.GET,
            "medicine_rows": MEDICINE_ROWS,
            "scale": SCALE,
        }
        return render(request, "submission/paper.html", context)
