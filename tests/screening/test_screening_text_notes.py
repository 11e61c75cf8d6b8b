"""Notes as patients write them: misspelt, without full stops, in everyday words."""

import pytest
from screening_documents import flags, levels, screened
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


@pytest.mark.parametrize(
    "note",
    [
        "lost 2 stone without trying",
        "dropped two dress sizes without trying",
        "I've lost a stone without trying to",
        "lost weight without trying",
        "lost weight, not on a diet",
    ],
)
def test_weight_lost_without_trying_is_no_mere_note(note):
    flag = flags(screened(free_text={"anything_else": note}))["constitutional_symptoms"]

    assert flag["levels"] == levels("consult_first", "consult_first", "caution", "consult_first")


def test_every_note_expects_something():
    assert all(row["raises"] or row["never"] for row in NOTES)
