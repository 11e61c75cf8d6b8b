from django.apps import AppConfig


class QuestionnaireConfig(AppConfig):
    name = "intake.questionnaire"
    label = "questionnaire"
