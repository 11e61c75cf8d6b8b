from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "intake.demo"
    label = "demo"
