"""Ranges for the exclusion constraints. Migrations import these: keep them here.

A number as a range of itself lets gist compare it without an extension.
"""

from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.db.models import Func, Value


class Int8Range(Func):
    function = "int8range"
    output_field = BigIntegerRangeField()


class TsTzRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


def same(field: str) -> Int8Range:
    return Int8Range(field, field, Value("[]"))


def time() -> TsTzRange:
    """Half open: a treatment may begin the moment another ends."""
    return TsTzRange("starts_at", "ends_at", Value("[)"))
