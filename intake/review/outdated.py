"""What somebody sends from a page on which something newer does not stand yet."""

from clinic.errors import Refused


class Outdated(Refused):
    sentence = "The patient has sent something newer. Read that first."


class DecidedSince(Outdated):
    sentence = "A decision was stored since you opened this page. Read it first."
