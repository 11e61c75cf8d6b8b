from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "clinic.identity"
    label = "identity"
    verbose_name = "The clinic"
