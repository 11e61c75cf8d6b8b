"""Publishes the question set that comes with the project, if its files have changed."""

from django.core.management.base import BaseCommand, CommandError

from clinic.errors import Refused
from intake.questionnaire import translation_files
from intake.questionnaire.models import QuestionSet, Translation
from intake.questionnaire.services import load_default
from intake.questionnaire.translating import load_translation


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
        refusals = [
            sentence
            for language in translation_files.languages()
            if (sentence := self._translate(current, language))
        ]
        if refusals:
            raise CommandError("\n".join(refusals))

    def _translate(self, current: QuestionSet, language: str) -> str:
        """One language that cannot be used takes neither the questions nor another with it."""
        before = Translation.objects.newest(current.pk, language)
        try:
            made = load_translation(question_set=current, language=language)
        except Refused as refused:
            return refused.sentence
        done = "was already" if before and before.pk == made.pk else "is now"
        self.stdout.write(f"{made} {done} published.")
        return ""
