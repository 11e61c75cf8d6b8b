"""Publishes the question set that comes with the project, if its files have changed."""

from django.core.management.base import BaseCommand, CommandError

from clinic.errors import Refused
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.services import load_default


class Command(BaseCommand):
    help = "Publish the question set that comes with the project, if its files have changed."

    def handle(self, *args, **options) -> None:
        before = QuestionSet.objects.current()
        try:
            current = load_default()
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        done = "was already" if before and before.pk == current.pk else "is now"
        self.stdout.write(f"Version {current.number} of the questions {done} published.")
