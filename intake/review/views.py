"""The review room: the queue, one case, and the decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clinic.errors import Refused
from clinic.people.policy import needs
from intake.review import queries, services
from intake.review.forms import DecisionForm
from intake.submission.models import Intake
from intake.submission.states import State


@needs("practitioner")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    waiting = [(queries.word(intake.rank), intake) for intake in queries.queue(request.user)[:100]]
    return render(request, "review/queue.html", {"waiting": waiting})


def _case(request: HttpRequest, reference: str) -> Intake:
    visible = Intake.objects.visible_to(request.user).select_related("patient").defer("answers")
    return get_object_or_404(visible, reference=reference)


@needs("practitioner")
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """GET shows the record and leaves a trace of it; POST records the decision."""
    intake = _case(request, reference)
    if request.method == "POST":
        return _decide(request, intake)
    revision = services.open_form(intake=intake, by=request.user)
    return _show(request, intake, revision, _form(request, revision))


def _form(request, revision, data=None) -> DecisionForm:
    held = request.user.practitioner.therapies_on(timezone.localdate())
    flags = [flag for flag in revision.flags.all() if queries.word(flag.rank) == "Stop"]
    return DecisionForm(data, therapies=sorted(held), flags=flags)


def _show(request, intake, revision, form, status=200) -> HttpResponse:
    context = {
        "intake": intake,
        "revision": revision,
        "form": form,
        "flags": [(queries.word(flag.rank), flag) for flag in revision.flags.all()],
        "goals": list(revision.goals.all()),
        "answers": queries.answers_in_words(revision),
        "emergencies": list(intake.emergencies.all()),
        "can_decide": intake.state == State.IN_REVIEW,
        "age": intake.patient.age_on(timezone.localdate()),
    }
    return render(request, "review/case.html", context, status=status)


def _decide(request, intake) -> HttpResponse:
    revision = intake.revisions.filter(pk=_number(request.POST.get("revision"))).first()
    if revision is None:
        messages.error(request, "The form you decided on could not be found. Nothing was stored.")
        return redirect("review:case", intake.reference)
    form = _form(request, revision, request.POST)
    if not form.is_valid():
        return _show(request, intake, revision, form, status=422)
    try:
        services.decide(
            revision=revision,
            opinions=form.opinions(),
            by=request.user,
            terms=form.terms(),
            for_patient=form.cleaned_data["for_patient"],
            flag_answers=form.flag_answers(),
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _show(request, intake, revision, form, status=409)
    messages.success(request, f"Your decision on {intake.reference} is stored.")
    return redirect("review:queue")


@needs("patient")
@require_GET
def news(request: HttpRequest, reference: str) -> HttpResponse:
    """What the practitioner wrote to the patient, with the next step."""
    mine = Intake.objects.visible_to(request.user).filter(state=State.DECIDED).defer("answers")
    intake = get_object_or_404(mine, reference=reference)
    decisions = list(queries.decisions_told(intake))
    return render(request, "review/news.html", {"intake": intake, "decisions": decisions})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
