import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from intake.screening.engine import screen
from intake.screening.reading_files import BadInput, one_line, read_documents
from intake.screening.rule_files import load_files
from intake.screening.rule_set import RuleSetData
from intake.screening.services import NoRulesPublished, published

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Screens answer documents with the published rules, one JSON result a line."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", help="a JSON object, an array of them, or one per line; - for standard input"
        )

    def handle(self, *args: object, **options: object) -> None:
        rule_set, notice = _rules()
        try:
            documents = read_documents(_text(str(options["file"])), rule_set)
        except BadInput as bad:
            raise CommandError(str(bad), returncode=BAD_INPUT) from bad
        # Everything is screened before anything is printed.
        results = [json.dumps(screen(document, rule_set)) for document in documents]
        if notice:
            self.stderr.write(notice)
        if results:
            self.stdout.write("\n".join(results))


def _rules() -> tuple[RuleSetData, str]:
    """The rules to use, and what to say about them; bad input keeps standard error to one line."""
    try:
        return published()[1], ""
    except (NoRulesPublished, ProgrammingError):
        return load_files(), "No rules are published yet: using those that come with the site."


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(one_line(f"{name}: {error.strerror or 'cannot be read'}.")) from error
    except ValueError as error:
        raise BadInput(one_line(f"{name}: cannot be read as UTF-8 text.")) from error
