from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "clinic.notices"
    label = "notices"
    verbose_name = "What was sent"
