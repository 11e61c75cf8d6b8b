from django.apps import AppConfig


class QuestionnaireConfig(AppConfig):
    name = "intake.questionnaire"
    label = "questionnaire"
    verbose_name = "What is asked"
