"""What a service refuses, named after what the person met, with a sentence for that person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    sentence: str | Promise = _("That is not possible.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        self.sentence = str(sentence or type(self).sentence)
        super().__init__(self.sentence)


class NotAllowed(Refused):
    sentence = _("You are not allowed to do this.")


class MoveNotPossible(Refused):
    sentence = _("Someone else was quicker. This has already moved on.")
