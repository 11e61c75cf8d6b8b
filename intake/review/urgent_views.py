"""One urgent alert: what was ticked, whom to call, and what came of it."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic.people import unsent
from clinic.people.policy import needs
from intake.questionnaire.outline import outline
from intake.review import alerts, urgent
from intake.review.contact_form import ContactForm
from intake.review.flags import flags_shown
from intake.review.models import AlertTaken
from intake.screening.services import data_of, published
from intake.submission.models import Intake, Revision

WHOM_TO_CALL = {
    "full_name": "Name",
    "phone": "Phone",
    "voicemail": "May we leave a message",
    "language": "Language they like to speak in",
    "consent_barrier": "Needs help to read, hear or speak",
    "capacity_concern": "Hard for them to understand or decide",
    "help_needed": "Help they asked for",
    "address": "Where they live",
    "helper_name": "Helped to fill it in, or did",
    "helper_relation": "How they know the patient",
    "pregnancy": "Pregnancy",
    "emergency_contact_name": "Emergency contact",
    "emergency_contact_relation": "Who that is",
    "emergency_contact_phone": "Phone of the emergency contact",
}
PHONES = {"phone", "emergency_contact_phone"}


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, reference: str) -> HttpResponse:
    """Drafts too: an urgent answer is seen before the form is sent."""
    intake = get_object_or_404(_urgent_ones(), reference=reference)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    form = ContactForm(typed)
    if request.method == "POST" and form.is_valid():
        urgent.note_contact(intake=intake, by=request.user, **form.cleaned_data)
        messages.success(request, f"Noted for {reference}.")
        return redirect("review:queue")
    return _show(request, intake, form, status=422 if request.method == "POST" else 200)


@needs("practitioner")
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """ "I am calling": everyone else sees who."""
    intake = get_object_or_404(_urgent_ones(), reference=reference)
    alerts.take(intake=intake, by=request.user)
    messages.success(request, "Everyone sees that you are calling. Note what came of it here.")
    return redirect("review:alert", reference)


def _urgent_ones() -> QuerySet[Intake]:
    urgent_ones = Intake.objects.filter(emergencies__isnull=False).distinct()
    is_open = Exists(urgent.unresolved().filter(intake=OuterRef("pk")))
    taken = Prefetch("alerts_taken", AlertTaken.objects.select_related("by"))
    with_patient = urgent_ones.select_related("patient__account")
    return with_patient.annotate(is_urgent_open=is_open).prefetch_related(taken)


def _show(request: HttpRequest, intake: Intake, form: ContactForm, *, status: int) -> HttpResponse:
    events = urgent.read(intake=intake, by=request.user)
    questions = outline(intake.question_set_id)
    shown = [event for event in events if event.happened == "shown"]
    known = questions.codes()
    asked = {code for event in events for code in event.codes if code in known}
    contacts = list(intake.contacts.select_related("by"))
    newest = intake.revisions.order_by("-number").select_related("rule_set")
    revision = newest.defer("rule_set__rows").first()
    answers = _known_answers(intake, revision)
    rules = data_of(revision.rule_set) if revision else published()[1]
    flags = flags_shown(list(revision.flags.all()), rules) if revision else []
    context = {
        "intake": intake,
        "events": [
            (
                event,
                _ticked(event, questions),
                questions.messages.get(event.message, {}),
                alerts.pressed_after(event, events),
            )
            for event in events
        ],
        "action": alerts.ACTIONS[alerts.urgency_of(shown, rules)],
        "scripts": alerts.scripts(asked, rules),
        "beside": alerts.beside(asked, flags),
        "own_words": answers.get("own_words", ""),
        "row": alerts.row_of(intake, contacts, events[0].at, answers),
        "is_open": intake.is_urgent_open,
        "me": request.user,
        "now": [_row(questions.question(code), answers) for code in sorted(asked)],
        "whom": [
            (words, questions.question(code).words(answers[code]), code in PHONES)
            for code, words in WHOM_TO_CALL.items()
            if answers.get(code) and code in known
        ],
        "has_phone": bool(answers.get("phone")),
        "contacts": contacts,
        "seen": events[-1].pk,
        "is_sent": revision is not None,
        "form": form,
    }
    return render(request, "review/alert.html", context, status=status)


def _known_answers(intake: Intake, revision) -> dict:
    """Of this form; for a draft, what is still blank is taken from what the patient sent before."""
    if revision:
        return revision.answers
    earlier = Revision.objects.filter(intake__patient=intake.patient_id).order_by("-pk").first()
    before = {k: v for k, v in (earlier.answers if earlier else {}).items() if k in WHOM_TO_CALL}
    return before | intake.answers


def _ticked(event, questions) -> list[tuple[str, str, str]]:
    """(question, its hint, the answer at that moment) of everything that was urgent."""
    known = questions.codes()
    return [
        (question.label, question.hint, question.words(event.said.get(question.code)))
        for question in (questions.question(code) for code in event.codes if code in known)
    ]


def _row(question, answers: dict) -> tuple[str, str]:
    return question.short, question.words(answers.get(question.code)) or "Not answered"
