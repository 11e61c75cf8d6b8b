from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "intake.booking"
    label = "booking"
    verbose_name = "Rooms, services and hours"
