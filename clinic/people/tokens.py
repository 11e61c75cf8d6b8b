"""Links by which staff choose a password. The sign-in library imports this, so not the reverse."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class StaffTokens(PasswordResetTokenGenerator):
    """A link works for people who work here and may sign in, and dies when either ends.

    Django's own generator lies under it and not the library's: that one would note every address
    in a second table, where an address a manager has changed goes on working.
    """

    def check_token(self, user, token: str | None) -> bool:
        return may_choose_password(user) and super().check_token(user, token)


def may_choose_password(user) -> bool:
    """Patients sign in by code only; a password on their account would serve a stranger."""
    return bool(user and user.is_active and user.is_staff_member)
