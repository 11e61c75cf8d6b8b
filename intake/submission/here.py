"""Where someone is in their form: one page of it, what was answered, and the way on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from intake.questionnaire.outline import PageOutline, SectionOutline, SetOutline, Way
from intake.submission import words_shown
from intake.submission.models import Intake
from intake.submission.views import own_form

BESIDE_SOMEONE = ("with_help", "for_someone")


@dataclass
class Here:
    intake: Intake
    questions: SetOutline
    page: PageOutline
    today: date
    own_language: str = ""
    """The language somebody reads and does not find these questions in."""
    _way: tuple[dict, Way] | None = None
    """The answers it was worked out from, and the way."""

    @property
    def answers(self) -> dict:
        """Without consents that were given in other words."""
        return words_shown.standing(self.intake.answers, self.questions)

    @property
    def section(self) -> SectionOutline:
        return self.questions.section(self.page.section)

    @property
    def way(self) -> Way:
        """What is asked of this person, by what is saved now and still counts."""
        saved = self.intake.answers
        if self._way is None or self._way[0] is not saved:
            self._way = saved, self.questions.way(self.answers, self.today)
        return self._way[1]

    @property
    def previous(self) -> PageOutline | None:
        return self.way.previous_page(self.page.code)

    @property
    def arguments(self) -> tuple[str, str, int]:
        return self.intake.reference, self.page.section, self.page.number

    def on(self) -> HttpResponseRedirect:
        """The next page of this part that is asked, or the list of parts."""
        following = self.way.next_page(self.page.code)
        if following is None:
            return redirect("submission:tasks", self.intake.reference)
        return redirect(
            "submission:page", self.intake.reference, following.section, following.number
        )

    @property
    def may_wait(self) -> bool:
        """Whether someone else sits beside a question that is better answered alone."""
        asked = self.way.questions_on(self.page.code)
        helped = self.intake.answers.get("filled_in_by") in BESIDE_SOMEONE
        return helped and any(q.private or q.extras.get("sensitive") for q in asked)

    def shown(self) -> dict[str, object]:
        """What every page of the form shows around its questions."""
        return {
            "intake": self.intake,
            "page": self.page,
            "section": self.section,
            "previous": self.previous,
            "questions": self.questions,
            "own_language": self.own_language,
        }


def find(
    request: HttpRequest, reference: str, section: str, number: int
) -> Here | HttpResponseRedirect:
    """A page that is asked of this person, or the way to what was sent. Raises Http404."""
    intake = own_form(request, reference)
    if not intake.is_open:
        return redirect("submission:sent", reference)
    questions, today = words_shown.shown(intake, get_language()), timezone.localdate()
    page = next((each for each in questions.pages() if each.number == number), None)
    if page is None or page.section != section:
        raise Http404
    here = Here(intake, questions, page, today, words_shown.missed(questions, get_language()))
    if not here.way.questions_on(page.code):
        raise Http404
    return here


def on_a_page(view: Callable) -> Callable:
    """The view gets `here`, and speaks the language of the questions."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, reference: str, section: str, number: int, **more: str
    ) -> HttpResponse:
        here = find(request, reference, section, number)
        if isinstance(here, HttpResponseRedirect):
            return here
        with override(here.questions.language):
            return view(request, here, **more)

    return wrapped


def leave(request: HttpRequest, here: Here) -> HttpResponseRedirect:
    messages.info(request, _("Your answers are saved. You can close this page."))
    return redirect("home:me", here.intake.patient.reference)
