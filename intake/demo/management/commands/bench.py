"""The benchmark: builds what it needs in a database of its own and prints one JSON object."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from intake.demo.bench import pages, queue, screening
from intake.demo.bench.figures import Figures

PARTS: dict[str, Callable[[], Figures]] = {
    "screening": screening.measure,
    "pages": pages.measure,
    "queue": queue.measure,
}
"""A part that is not built yet is left out."""


class Command(BaseCommand):
    help = "Measures speed and prints one JSON object of named figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=list(PARTS), help="run one part")

    def handle(self, *args: object, only: str | None, **options: object) -> None:
        figures: Figures = {}
        with database_of_its_own():
            for name in [only] if only else PARTS:
                figures |= PARTS[name]()
        self.stdout.write(json.dumps(figures, indent=1))


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """An empty, migrated database beside the clinic's, removed afterwards."""
    clinic = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{clinic}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(clinic, verbosity=0)
