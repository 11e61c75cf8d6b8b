from django.apps import AppConfig


class SubmissionConfig(AppConfig):
    name = "intake.submission"
    label = "submission"
