"""One case on one page: the evidence on the left, the decision on the right."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from intake.questionnaire.outline import outline
from intake.review import asking_reading, changed, ending, holders, queries, reading, urgent, words
from intake.review import flags as flag_words
from intake.review.carried import with_what_was_said
from intake.review.chart import chart, places_on
from intake.review.decision_side import DECIDABLE, DecisionSide, decision_side
from intake.review.forms import DecisionForm
from intake.review.language import language_of
from intake.review.models import Decision
from intake.review.section_marks import marks_of
from intake.review.timeline import timeline
from intake.review.typed_words import bring_back
from intake.review.where import where
from intake.review.whom import whom
from intake.screening.services import data_of
from intake.submission.models import Intake, Revision


@dataclass(frozen=True)
class Preview:
    """What the patient would read, before it is stored."""

    words: str
    is_asked_for: bool
    """By its own button; otherwise somebody meant to store the decision."""


def case_of(request: HttpRequest, reference: str) -> Intake:
    return get_object_or_404(holders.case_forms(request.user), reference=reference)


def form_for(
    request: HttpRequest, intake: Intake, revision: Revision, data: QueryDict | None = None
) -> DecisionForm:
    """For the therapies this person can decide on, and for those on the page they send."""
    on_it = queries.decisions_on_revision(intake, revision)
    side = decision_side(intake=intake, revision=revision, decisions=on_it, viewer=request.user)
    return _form(side, revision, flag_words.flags_of(revision), data)


def _form(
    side: DecisionSide,
    revision: Revision,
    flags: list[flag_words.FlagShown],
    data: QueryDict | None = None,
) -> DecisionForm:
    sent = data.keys() if data is not None else set()  # also what is no longer theirs: it is said
    therapies = [t for t in revision.wanted if t in side.mine or t in sent]
    return DecisionForm(data, therapies=therapies, flags=flags, colleagues=side.second_people)


def show(
    request: HttpRequest,
    intake: Intake,
    revision: Revision,
    form: DecisionForm | None = None,
    status: int = 200,
    *,
    shows_others: bool = False,
    preview: Preview | None = None,
) -> HttpResponse:
    since = timezone.now()
    flags, on_form = flag_words.flags_of(revision), queries.decisions_on_form(intake)
    flags = with_what_was_said(revision, flags)
    flag_words.give_answers(on_form, data_of(revision.rule_set))
    side = decision_side(
        intake=intake,
        revision=revision,
        decisions=[each for each in on_form if each.revision_id == revision.pk],
        viewer=request.user,
        shows_others=shows_others,
    )
    holding = holders.on_case(intake, request.user)
    typed = form.data.get("private_text") if form is not None else None
    if form is None:
        form = _form(side, revision, flags)
        bring_back(form, intake, revision)
    context = {
        "intake": intake,
        "patient": intake.patient,
        "age": intake.patient.age_on(timezone.localdate()),
        "revision": revision,
        "where": where(intake, revision),
        "whom": whom(revision),
        "side": side,
        "form": form,
        "since": since,
        "preview": preview,
        "holding": holding,
        "private_text": holding.note if typed is None else typed,
        "steps": reading.steps_from(intake.state),
        "can_decide": (intake.state in DECIDABLE and not side.own) or form.is_bound,
        **_evidence(intake, revision, flags, on_form),
        "timeline": timeline(intake, request.GET.get("history", "")),
    }
    absent = {part for part in ("chart", "medicines") if not context[part]}
    context["marks"] = marks_of(revision, request.user, without=absent)
    return render(request, "review/case.html", context, status=status)


def _evidence(
    intake: Intake,
    revision: Revision,
    flags: list[flag_words.FlagShown],
    on_form: list[Decision],
) -> dict[str, object]:
    questions, rules = outline(revision.question_set_id), data_of(revision.rule_set)
    sent_on = timezone.localdate(revision.sent_at)
    concerns = flag_words.by_concern(flags)
    besides = reading.besides(revision, questions, rules)
    asking = asking_reading.on_case(intake, revision, questions)
    emergencies = list(urgent.events(intake.patient).select_related("intake"))
    return {
        "filled_in_language": language_of(revision),
        "flags": flags,
        "concerns": concerns,
        "asks_shown": any(concern.is_ask for concern in concerns),
        "besides": besides,
        "allergies": reading.serious_allergies(revision, questions),
        "asks": asking.asks,
        "goals": reading.goals_in_words(revision, questions),
        "groups": asking.groups,
        "asking": asking,
        "own_words": words.pieces(revision.answers.get("own_words", ""), rules, sent_on),
        "medicines": words.medicines(revision.answers, rules, sent_on, dict(besides.guesses)),
        "emergencies": emergencies,
        "contacts": list(urgent.contacts(intake.patient)) if emergencies else [],
        "chart": chart(places_on(revision, flags), flags),
        "same_day": revision.screening.get("urgency"),
        "ending": ending.of_form(revision),
        "changed": changed.since_the_review(intake, revision, on_form, rules, flags, asking.rounds),
    }


def number_in(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
