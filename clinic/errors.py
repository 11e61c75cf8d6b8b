"""What a service refuses, named after what the person met, with a sentence for that person."""


class Refused(Exception):
    sentence = "That is not possible."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or type(self).sentence
        super().__init__(self.sentence)


class NotAllowed(Refused):
    sentence = "You are not allowed to do this."


class MoveNotPossible(Refused):
    sentence = "Someone else was quicker. This has already moved on."
