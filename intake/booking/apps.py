from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "intake.booking"
    label = "booking"
    verbose_name = "Rooms, services and hours"

    def ready(self) -> None:
        """Visits are settled when a decision replaces a clearance."""
        from intake.booking import settling  # noqa: F401
