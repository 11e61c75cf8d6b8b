from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "intake.screening"
    label = "screening"
    verbose_name = "What answers raise"
