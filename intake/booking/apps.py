from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "intake.booking"
    label = "booking"
    verbose_name = "Rooms, services and hours"

    def ready(self) -> None:
        """Visits are settled when a decision replaces a clearance, and known to the queue."""
        from intake.booking import ahead, settling  # noqa: F401
