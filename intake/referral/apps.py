from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "intake.referral"
    label = "referral"
