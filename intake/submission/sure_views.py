"""Are you sure: one page between a question that was answered unusually and the next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic.errors import MoveNotPossible
from clinic.people.policy import needs
from intake.questionnaire.soft_checks import Doubt, doubts, said_right
from intake.submission import services
from intake.submission.here import Here, on_a_page


def unsure_of(here: Here) -> list[Doubt]:
    asked = here.way.questions_on(here.page.code)
    return doubts(asked, here.intake.answers, here.today)


@needs("patient")
@require_http_methods(["GET", "POST"])
@on_a_page
def sure(request: HttpRequest, here: Here) -> HttpResponse:
    """What was typed is saved already; this only remembers that it is right."""
    found = unsure_of(here)
    if request.method == "GET" and found:
        return render(request, "submission/sure.html", {**here.shown(), "doubts": found})
    if found:
        said = said_right(found, here.intake.answers)
        try:
            services.save_answers(intake=here.intake, answers=said, by=request.user)
        except MoveNotPossible:
            return redirect("submission:sent", here.intake.reference)
    return here.on()
