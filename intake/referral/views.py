"""Letters: the list, one letter, writing it, sending it, and noting the reply."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.errors import Refused
from clinic.notices.services import opened
from clinic.people import unsent
from clinic.people.household import household
from clinic.people.policy import needs
from intake.referral import services
from intake.referral.forms import LetterForm, ReplyForm, SendForm
from intake.referral.models import Letter
from intake.referral.states import Status
from intake.submission.models import Intake

SHOWN = 100
WORDS = ("to_name", "to_place", "urgency", "body")


@needs("practitioner")
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    return _list(request, Letter.objects.visible_to(request.user), {})


@needs("practitioner")
@require_http_methods(["GET", "POST"])
def of_form(request: HttpRequest, reference: str) -> HttpResponse:
    """The letters about one form; the button drafts one from its record."""
    forms = Intake.objects.visible_to(request.user).select_related("patient").defer("answers")
    intake = get_object_or_404(forms, reference=reference)
    if request.method == "POST":
        letter = services.start(intake=intake, by=request.user)
        return redirect("referral:edit", letter.reference)
    return _list(
        request, Letter.objects.visible_to(request.user).filter(intake=intake), {"intake": intake}
    )


def _list(request: HttpRequest, found, context: dict) -> HttpResponse:
    rows, now = list(found.for_list()[: SHOWN + 1]), timezone.now()
    context |= {
        "letters": [(letter, letter.is_overdue(at=now)) for letter in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }
    return render(request, "referral/letters.html", context)


def _letter(request: HttpRequest, reference: str) -> Letter:
    visible = Letter.objects.visible_to(request.user)
    related = ("patient", "intake__patient", "written_by", "sent_by", "reply_noted_by")
    return get_object_or_404(
        visible.select_related(*related).defer("intake__answers"), reference=reference
    )


@needs("practitioner")
@require_GET
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter as it is printed, with what can be done next beside it."""
    return _show(request, _letter(request, reference))


def _show(request, letter: Letter, *, send=None, reply=None, status=200) -> HttpResponse:
    services.read(letter=letter, by=request.user)
    context = {
        "letter": letter,
        "send_form": (send or SendForm()) if letter.status == Status.DRAFTED else None,
        "reply_form": (reply or ReplyForm()) if letter.status == Status.SENT else None,
        "agreed": services.agreed_on_form(letter),
        "errors": next((form.summary_errors for form in (send, reply) if form), []),
    }
    return render(request, "referral/letter.html", context, status=status)


@needs("practitioner")
@unsent.given_back
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    letter = _letter(request, reference)
    if letter.status != Status.DRAFTED and request.method == "GET":
        return redirect("referral:letter", reference)
    typed = request.POST if request.method == "POST" else unsent.take(request)
    form = LetterForm(typed, initial={name: getattr(letter, name) for name in WORDS})
    if request.method == "POST" and form.is_valid():
        try:
            services.rewrite(letter=letter, by=request.user, **form.cleaned_data)
            return redirect("referral:letter", reference)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    services.read(letter=letter, by=request.user)
    status = 422 if request.method == "POST" else 200
    return render(request, "referral/edit.html", {"letter": letter, "form": form}, status=status)


@needs("practitioner")
@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    letter, form = _letter(request, reference), SendForm(request.POST)
    return _do(request, letter, form, services.send, "send", "Noted: the letter is sent.")


@needs("practitioner")
@require_POST
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    letter, form = _letter(request, reference), ReplyForm(request.POST)
    return _do(request, letter, form, services.note_reply, "reply", "The answer is noted.")


def _do(request, letter, form, service, name: str, done: str) -> HttpResponse:
    if not form.is_valid():
        return _show(request, letter, status=422, **{name: form})
    try:
        service(letter=letter, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _show(request, letter, status=409, **{name: form})
    messages.success(request, done)
    return redirect("referral:letter", letter.reference)


@needs("patient")
@require_GET
def mine(request: HttpRequest, person: str = "") -> HttpResponse:
    """Every letter about this person that left the clinic."""
    ours = household(request.user, person)
    about = Letter.objects.visible_to(request.user).filter(patient=ours.person)
    context = {"household": ours, "letters": list(about.for_list()[:SHOWN])}
    return render(request, "referral/mine.html", context)


@needs("patient")
@require_GET
def mine_one(request: HttpRequest, reference: str) -> HttpResponse:
    letter = _letter(request, reference)
    opened(patient=letter.patient, reference=reference)
    return render(request, "referral/mine_one.html", {"letter": letter})
