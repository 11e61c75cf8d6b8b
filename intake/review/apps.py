from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "intake.review"
    label = "review"

    def ready(self) -> None:
        """Rounds of questions end when the form moves on."""
        from intake.review import asking  # noqa: F401
