from django.core.management.base import BaseCommand, CommandError

from clinic.errors import Refused
from intake.screening.services import load_default


class Command(BaseCommand):
    help = "Publishes the screening rules that come with the site. Safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        try:
            rule_set = load_default()
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        if rule_set.is_published:
            self.stdout.write(f"Screening rules {rule_set.name} are in force.")
        else:
            self.stdout.write(
                f"Screening rules {rule_set.name} wait as a draft: the clinic has its own version "
                "in force. A manager compares and publishes them on the site."
            )
