from django.db import models
from django.utils.translation import gettext_lazy as _


class Therapy(models.TextChoices):
    ACUPUNCTURE = "acupuncture", _("acupuncture")
    MASSAGE = "massage", _("massage")
