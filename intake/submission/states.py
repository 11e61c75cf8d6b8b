"""The states of an intake form and the only moves between them, with both wordings."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "sent, not yet opened"
    IN_REVIEW = "in_review", "in review"
    ASKED = "asked", "waiting for the patient"
    SECOND_OPINION = "second_opinion", "second opinion"
    CLOSED = "closed", "closed without an answer"
    DECIDED = "decided", "decided"
    WITHDRAWN = "withdrawn", "withdrawn by the patient"
    EXPIRED = "expired", "draft not finished in time"


# What the patient reads for each state.
FOR_THE_PATIENT = {
    State.DRAFT: _("You have started this form. It waits for you."),
    State.SUBMITTED: _("We have your form. A practitioner will read it."),
    State.IN_REVIEW: _("A practitioner is reading your form."),
    State.ASKED: _("We have a question for you. We go on when we have your answer."),
    State.CLOSED: _("We had no answer from you, so we stopped for now. You can still answer us."),
    State.SECOND_OPINION: _("A second practitioner is looking at your form with us."),
    State.DECIDED: _("A practitioner has read your form and written to you."),
    State.WITHDRAWN: _("You took this form back. Nobody is working on it."),
    State.EXPIRED: _("This form was not finished in 30 days, so we deleted the answers."),
}


WITH_US = {State.SUBMITTED, State.IN_REVIEW, State.ASKED, State.SECOND_OPINION}
"""Sent, and not decided yet: the patient has nothing to do but wait, or answer a call."""


CHANGEABLE = (
    State.SUBMITTED,
    State.IN_REVIEW,
    State.ASKED,
    State.SECOND_OPINION,
    State.CLOSED,
    State.DECIDED,
)
"""A form in one of these can be changed by the patient; the change is sent by the move amend."""


class Reason(models.TextChoices):
    """Why a sent form is changed, in the words of staff."""

    CHANGED = "changed", "something changed"
    FORGOT = "forgot", "forgotten before"
    MISTAKE = "mistake", "a mistake"
    ASKED = "asked", "we asked"
    """Not a choice of the patient: they answered questions of a practitioner."""


REASONS_OF_THE_PATIENT = {
    Reason.CHANGED: _("Something changed in my health"),
    Reason.FORGOT: _("I forgot something"),
    Reason.MISTAKE: _("I made a mistake"),
}


@dataclass(frozen=True)
class Move:
    name: str
    sources: tuple[State, ...]
    target: State
    who: str
    """The policy that allows it; `patient` moves are only for the form's own account."""


MOVES = {
    move.name: move
    for move in (
        Move("send", (State.DRAFT,), State.SUBMITTED, "patient"),
        Move("open", (State.SUBMITTED,), State.IN_REVIEW, "practitioner"),
        Move("put_back", (State.IN_REVIEW,), State.SUBMITTED, "practitioner"),
        Move("ask", (State.IN_REVIEW,), State.ASKED, "practitioner"),
        Move("answer", (State.ASKED, State.CLOSED), State.SUBMITTED, "patient"),
        Move("answered_by_phone", (State.ASKED,), State.SUBMITTED, "practitioner"),
        Move("close", (State.ASKED,), State.CLOSED, "anyone"),
        Move("ask_colleague", (State.IN_REVIEW,), State.SECOND_OPINION, "practitioner"),
        Move("give_opinion", (State.SECOND_OPINION,), State.IN_REVIEW, "practitioner"),
        Move("decide", (State.IN_REVIEW,), State.DECIDED, "practitioner"),
        Move("reopen", (State.DECIDED, State.CLOSED), State.IN_REVIEW, "practitioner"),
        Move("amend", CHANGEABLE, State.SUBMITTED, "patient"),
        Move(
            "withdraw",
            (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.ASKED, State.CLOSED),
            State.WITHDRAWN,
            "patient",
        ),
        Move("expire", (State.DRAFT,), State.EXPIRED, "anyone"),
    )
}


def pairs() -> set[tuple[str, str]]:
    """Every (from, to) that may happen; the database's trigger is written from the same table."""
    return {
        (str(source), str(move.target))
        for move in MOVES.values()
        for source in move.sources
        if source != move.target
    }
