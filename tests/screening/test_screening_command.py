import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command
from screening_documents import RULES, document

from intake.screening import services
from intake.screening.engine import screen
from intake.screening.reading_files import BadInput, read_documents

FIRST, SECOND = document(id="p-1"), document(id="p-2", answers={"icd": "yes"})


@pytest.fixture
def run(tmp_path, capsys, db, monkeypatch):
    """Runs the command on a text; its results, one for each line of output."""
    monkeypatch.setattr(services, "_known", {})
    services.load_default()

    def run(text: str | bytes) -> list[dict]:
        path = tmp_path / "documents.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("screen", str(path))
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


class TestGoodInput:
    def test_one_object_gives_one_result(self, run):
        assert run(json.dumps(FIRST, indent=2)) == [screen(FIRST, RULES)]

    def test_an_array_gives_a_result_for_each(self, run):
        expected = [screen(FIRST, RULES), screen(SECOND, RULES)]

        assert run(json.dumps([FIRST, SECOND])) == expected

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
    def test_json_lines_give_a_result_for_each(self, run, end):
        text = json.dumps(FIRST) + end + json.dumps(SECOND) + end

        assert [result["id"] for result in run(text)] == ["p-1", "p-2"]

    def test_an_empty_array_gives_nothing(self, run):
        assert run("[]") == []

    def test_a_byte_order_mark_does_no_harm(self, run):
        assert len(run(b"\xef\xbb\xbf" + json.dumps(FIRST).encode())) == 1

    def test_any_letters_come_through(self, run):
        said = document(id="Zoë \u2028 \ud83d", free_text={"a": "naïve\x00"})

        assert run(json.dumps(said))[0]["id"] == said["id"]

    def test_standard_input_is_read(self, run, monkeypatch, capsys):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(FIRST).encode())))

        call_command("screen", "-")

        assert json.loads(capsys.readouterr().out)["id"] == "p-1"

    def test_without_published_rules_those_of_the_site_are_used_and_named(
        self, db, tmp_path, capsys
    ):
        path = tmp_path / "one.json"
        path.write_text(json.dumps(FIRST))

        call_command("screen", str(path))

        out, err = capsys.readouterr()
        assert json.loads(out)["rule_set"] == "2026.3"
        assert err.startswith("No rules are published yet")


WRONG = FIRST | {"answers": {"icd": "perhaps"}}
TOO_DEEP = "[" * 100_000


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("", "the input is empty: there is no document in it."),
            (" \n ", "the input is empty: there is no document in it."),
            ("3", "document 1, document: must be an object with named values."),
            ("[3]", "document 1, document: must be an object with named values."),
            (
                json.dumps([FIRST, WRONG]),
                "document 2 (p-1), answers.icd: must be one of yes, no, not_sure.",
            ),
            (
                json.dumps(FIRST) + "\n" + json.dumps(WRONG),
                "document 2 (p-1), answers.icd: must be one of yes, no, not_sure.",
            ),
            ('{"id": "a"}', "document 1 (a), on: is missing."),
            ('{"id": 1, "id": 2}', "document 1, id: is given twice."),
            ('{"id": NaN}', "document 1, NaN: is not a value JSON knows."),
            (TOO_DEEP, "document 1: a number is too long, or it is nested too deeply."),
            ("9" * 5000, "document 1: a number is too long, or it is nested too deeply."),
        ],
    )
    def test_is_named_in_one_line_and_ends_with_2(self, run, capsys, text, line):
        with pytest.raises(CommandError) as refused:
            run(text)

        assert str(refused.value) == line
        assert refused.value.returncode == 2
        assert capsys.readouterr() == ("", "")

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ('{"id": }', "document 1, line 1, column 8:"),
            ('{"id": "a",\n "on" "b"}', "document 1, line 2, column 7:"),
            (json.dumps(FIRST) + "\n{broken", "document 2, line 2, column 2:"),
        ],
    )
    def test_that_is_not_json_is_placed(self, run, text, place):
        with pytest.raises(CommandError) as refused:
            run(text)

        assert str(refused.value).startswith(f"{place} not JSON")

    def test_leaves_the_error_alone_on_its_line_without_published_rules(self, db, tmp_path, capsys):
        path = tmp_path / "wrong.json"
        path.write_text(json.dumps(WRONG))

        with pytest.raises(CommandError):
            call_command("screen", str(path))

        assert capsys.readouterr() == ("", "")

    def test_that_is_not_text_is_refused(self, run):
        with pytest.raises(CommandError, match="cannot be read as UTF-8 text"):
            run(b"\xff\xfe{}")

    @pytest.mark.parametrize("name", ["/no/such/file", "/", "no\x00file"])
    def test_that_cannot_be_opened_is_refused(self, db, name):
        with pytest.raises(CommandError) as refused:
            call_command("screen", name)

        assert refused.value.returncode == 2

    def test_names_with_line_breaks_stay_on_one_line(self):
        with pytest.raises(BadInput) as refused:
            read_documents(json.dumps({"a\nb\x1b[31m": 1} | FIRST), RULES)

        assert str(refused.value).isprintable()
        assert "a b" in str(refused.value)
