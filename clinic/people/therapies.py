from django.db import models


class Therapy(models.TextChoices):
    ACUPUNCTURE = "acupuncture", "acupuncture"
    MASSAGE = "massage", "massage"
