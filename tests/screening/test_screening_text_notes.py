"""Notes as patients write them: misspelt, without full stops, in everyday words."""

import pytest
from screening_documents import flags, screened
from screening_examples import table

NOTES = table("notes")


@pytest.mark.parametrize("row", NOTES, ids=lambda row: row["note"])
class TestNote:
    def test_raises_what_a_clinician_reads_in_it(self, row):
        found = flags(screened(free_text={"anything_else": row["note"]}))

        assert set(filter(None, row["raises"].split(";"))) <= set(found)

    def test_does_not_raise_what_nobody_would_read_in_it(self, row):
        found = flags(screened(free_text={"anything_else": row["note"]}))

        assert not set(filter(None, row["never"].split(";"))) & set(found)


def test_every_note_expects_something():
    assert all(row["raises"] or row["never"] for row in NOTES)
