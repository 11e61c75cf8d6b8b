"""Finding a form by a name or a reference, whatever the accents and capitals.

Both sides are folded by PostgreSQL in the same way, and compared as plain text: no sign that
somebody types means anything but itself.
"""

from django.db.models import BooleanField, CharField, Func, Q, Value

MOST_WORDS = 6
PLAIN = ("øłđıæœßþð", "oldiaostd")
"""Letters that are no base letter with a mark, and what they are found by."""


class Folded(Func):
    """Small letters without their marks."""

    template = (
        "translate(regexp_replace(normalize(lower(%(expressions)s), NFKD),"
        rf" '[\u0300-\u036f]', '', 'g'), '{PLAIN[0]}', '{PLAIN[1]}')"
    )
    output_field = CharField()


class Holds(Func):
    """Whether the second text stands somewhere in the first."""

    template = "(strpos(%(expressions)s) > 0)"
    arity = 2
    output_field = BooleanField()


def words_in(text: str) -> list[str]:
    return text.split()[:MOST_WORDS]


def named(words: list[str]) -> Q:
    """Forms whose patient's name holds every one of these words, or whose reference is this."""
    in_name = Q()
    for word in words:
        in_name &= Q(Holds(Folded("patient__name"), Folded(Value(word))))
    return in_name | Q(reference="".join(words).upper())
