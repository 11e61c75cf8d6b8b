from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "intake.home"
    label = "home"
