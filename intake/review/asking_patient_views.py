"""The patient answers what they were asked; and what they asked and answered before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.errors import Refused
from clinic.notices.services import opened
from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.shape import LANGUAGE
from intake.review import asking_replies
from intake.review.asking import open_round
from intake.review.asking_models import AskRound
from intake.review.asking_reading import threads
from intake.review.asking_sheet import Sheet
from intake.submission import services, words_shown
from intake.submission.models import Intake
from intake.submission.page_views import WAYS_ON
from intake.submission.states import State
from intake.submission.urgent_words import CALL_NOW, URGENT_WORDS
from intake.submission.views import own_form


@needs("patient")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """Just the questions that were asked; without any that wait, what was asked before."""
    intake = own_form(request, reference)
    asked = open_round(intake)
    if intake.state in (State.ASKED, State.CLOSED):
        opened(patient=intake.patient, reference=reference)
    if asked is None or asked.by_phone:
        return _nothing_to_write(request, intake, asked)
    words = words_shown.shown(intake, get_language())
    typed = request.POST if request.method == "POST" else unsent.take(request)
    with override(words.language):
        sheet = _sheet(intake, asked, words, typed)
        if request.method == "POST":
            return _take(request, intake, asked, sheet)
        if typed is not None:
            messages.info(request, unsent.SENTENCE)
        return _show(request, intake, sheet)


def _sheet(intake: Intake, asked: AskRound, words, typed=None) -> Sheet:
    last = intake.revisions.order_by("-number").first()
    kept = asking_replies.draft_of(asked)
    return Sheet(asked, last, words, kept, timezone.localdate(), typed)


def _show(request: HttpRequest, intake: Intake, sheet: Sheet, status: int = 200) -> HttpResponse:
    context = {"intake": intake, "sheet": sheet}
    return render(request, "review/ask_patient.html", context, status=status)


def _nothing_to_write(request: HttpRequest, intake: Intake, asked: AskRound | None) -> HttpResponse:
    newest = intake.revisions.order_by("-number").first()
    if newest is None:
        raise Http404
    words = words_shown.sent(newest)
    with override(words.language):
        rounds = [each for each in threads(intake, words) if each.rows]
        context = {"intake": intake, "asked": asked, "rounds": rounds}
        return render(request, "review/ask_answered.html", context)


def _take(request: HttpRequest, intake: Intake, asked: AskRound, sheet: Sheet) -> HttpResponse:
    """Keeps what was typed, stops for an urgent answer, and sends once all is there."""
    kept = sheet.kept
    try:
        asking_replies.save_draft(asked=asked, kept=kept, by=request.user)
        if alarms := sheet.alarms(kept):
            return _interrupt(request, intake, alarms)
        if request.POST.get("leave"):
            messages.info(request, _("Your answers are saved. You can close this page."))
            return redirect("home:me", intake.patient.reference)
        if not sheet.check():
            return _show(request, intake, sheet, 422)
        if not sheet.is_whole:
            messages.info(
                request, _("Your answers are saved. Because of them we ask a little more.")
            )
            return redirect("review:questions", intake.reference)
        language = get_language() or LANGUAGE
        asking_replies.send_replies(asked=asked, by=request.user, language=language)
    except Refused as refused:
        messages.info(request, refused.sentence)
        return redirect("review:questions", intake.reference)
    messages.success(request, _("We have your answers. A practitioner will read them."))
    return redirect("review:questions", intake.reference)


def _interrupt(request: HttpRequest, intake: Intake, alarms: list) -> HttpResponse:
    first = min((alarm for alarm, _said in alarms), key=lambda alarm: alarm.urgency)
    services.note_emergency(
        intake=intake,
        codes=[alarm.question for alarm, _said in alarms],
        said={alarm.question: said for alarm, said in alarms},
        message=first.message,
        happened="shown",
        by=request.user,
    )
    return redirect("review:questions_stop", intake.reference)


@needs("patient")
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Stops the person, never the record: both ways on keep the event, and lead back."""
    intake = own_form(request, reference)
    event = intake.emergencies.filter(happened="shown").order_by("-pk").first()
    asked = open_round(intake)
    if event is None or asked is None:
        raise Http404
    happened = request.POST.get("happened", "")
    if happened not in WAYS_ON:
        message = words_shown.urgent_message(intake, event.message, get_language())
        words = URGENT_WORDS.get(event.message, CALL_NOW)
        context = {"intake": intake, "message": message, "words": words}
        status = 200 if request.method == "GET" else 422
        return render(request, "submission/emergency.html", context, status=status)
    services.note_emergency(
        intake=intake, codes=event.codes, message=event.message, happened=happened, by=request.user
    )
    if happened == "not_now":
        kept = asking_replies.draft_of(asked)
        kept.met |= event.said
        asking_replies.save_draft(asked=asked, kept=kept, by=request.user)
    return redirect("review:questions", reference)
