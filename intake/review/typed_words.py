"""What was typed into a decision: as its writer reads it alone, beside a newer revision, and on the
page again when they come back."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField, Textarea, TextInput
from django.http import QueryDict

from clinic.people.therapies import Therapy
from intake.review.flags import flags_of
from intake.review.forms import DecisionForm
from intake.review.policy import REASONS
from intake.submission.models import Intake, Revision

FLAG = "flag_"


@dataclass(frozen=True)
class Begun:
    """What the page says about the words it brought back."""

    at: datetime
    has_changed: bool
    """Something has happened on the form since."""


def decision_words(typed: QueryDict) -> list[tuple[str, str]]:
    """(what was asked, what was said), in the order of the page. No flag is named."""
    form = DecisionForm(typed, therapies=[t for t in Therapy.values if t in typed], flags=[])
    said = [*_about_flags(typed), *((field.label, _said(field)) for field in form)]
    return [*said, ("Private note", typed.get("private_text", ""))]


def _about_flags(typed: QueryDict) -> list[tuple[str, str]]:
    """Of each flag what was done, and the words beside it."""
    codes = [name for name in typed if name.startswith(FLAG) and not name.endswith("_text")]
    return [
        (f"Flag {number}: what did you do about it?", " ".join(_flag_said(typed, name)))
        for number, name in enumerate(codes, start=1)
    ]


def _flag_said(typed: QueryDict, name: str) -> list[str]:
    done, text = typed[name], typed.get(f"{name}_text", "")
    return [f"{REASONS[done]}." if done in REASONS else "", text]


def _said(field: BoundField) -> str:
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return {True: "Yes", False: "", None: ""}.get(field.data, str(field.data))
    known = {str(value): label for value, label in choices if value != ""}
    chosen = field.data if isinstance(field.data, list) else [field.data]
    return ", ".join(str(known[each]) for each in chosen if each in known)


def without_place(typed: QueryDict, read: Revision, revision: Revision) -> list[tuple[str, str]]:
    """(what was asked, what was typed) about a therapy or a flag of `read` that is not on
    `revision` any more."""
    gone = [therapy for therapy in read.wanted if therapy not in revision.wanted]
    codes = {flag.code for flag in revision.flags.all()}
    flags = [each for each in flags_of(read) if each.flag.code not in codes]
    form = DecisionForm(typed, therapies=read.wanted, flags=flags)
    names = (*(f"{therapy}_" for therapy in gone), FLAG)
    fields = [each for each in form if each.name.startswith(names) and _is_text(each)]
    return [(each.label, each.data) for each in fields if (each.data or "").strip()]


def _is_text(field: BoundField) -> bool:
    return isinstance(field.field.widget, TextInput | Textarea)


def on_revision(typed: QueryDict, read: Revision, revision: Revision) -> QueryDict:
    """What was typed about a flag of `read`, at the same flag of `revision`."""
    if read.pk == revision.pk:
        return typed
    now = {flag.code: flag.pk for flag in revision.flags.all()}
    moved = typed.copy()
    for flag in read.flags.all():
        for tail in ("", "_text"):
            said = moved.pop(f"{FLAG}{flag.pk}{tail}", [])
            if flag.code in now:
                moved.setlist(f"{FLAG}{now[flag.code]}{tail}", said)
    return moved


def bring_back(form: DecisionForm, intake: Intake, revision: Revision) -> None:
    """Puts what was begun (drafts.with_draft_of) into a form that nothing was sent with yet. Beside
    anything that is newer only words come back: what was chosen was about something else."""
    if intake.drafted_at is None:
        return
    typed = QueryDict(mutable=True)
    for name, values in intake.drafted.items():
        typed.setlist(name, values)
    read = revision
    if intake.drafted_on != revision.pk:
        read = intake.revisions.prefetch_related("flags").get(pk=intake.drafted_on)
        form.left_over = without_place(typed, read, revision)
    form.begun = Begun(intake.drafted_at, has_changed=read is not revision or intake.drafted_before)
    moved = on_revision(typed, read, revision)
    form.initial = {
        each.name: each.field.widget.value_from_datadict(moved, {}, each.name)
        for each in form
        if (_is_text(each) or not form.begun.has_changed)
        and not each.field.widget.value_omitted_from_data(moved, {}, each.name)
    }
