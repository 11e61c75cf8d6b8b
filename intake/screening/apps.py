from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "intake.screening"
    label = "screening"
    verbose_name = "Screening rules: what answers raise"
