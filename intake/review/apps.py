from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "intake.review"
    label = "review"
