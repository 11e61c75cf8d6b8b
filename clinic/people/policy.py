"""Who may do what, as one table. Views announce it, services ask it again where they write."""

from collections.abc import Callable

from clinic.errors import NotAllowed
from clinic.people.models import User

Rule = Callable[[User], bool]


def _signed_in(user) -> bool:
    return bool(user and user.is_authenticated and user.is_active)


# A route declares one of these names. `anyone` needs no account.
WHO: dict[str, Rule] = {
    "anyone": lambda user: True,
    "signed_in": _signed_in,
    "patient": lambda user: _signed_in(user) and not user.is_staff_member,
    "practitioner": lambda user: _signed_in(user) and user.is_practitioner,
    "reception": lambda user: _signed_in(user) and user.is_reception,
    "front_desk": lambda user: _signed_in(user) and (user.is_reception or user.is_practitioner),
    "manager": lambda user: _signed_in(user) and user.is_manager,
}

FOR_STAFF = {"practitioner", "reception", "front_desk", "manager"}
"""Policies of routes that only people who work here can enter."""

# Routes that come with a library, by name or namespace.
LIBRARY_ROUTES: dict[str, str] = {
    "account_request_login_code": "anyone",
    "account_confirm_login_code": "anyone",
    "account_login": "anyone",
    "account_logout": "anyone",
    "account_inactive": "anyone",
    "account_signup": "anyone",
    "account_reset_password": "anyone",
    "account_reset_password_done": "anyone",
    "account_reset_password_from_key": "anyone",
    "account_reset_password_from_key_done": "anyone",
    "account_reauthenticate": "signed_in",
    "account_change_password": "signed_in",
    "mfa_index": "signed_in",
    "mfa_authenticate": "anyone",
    "mfa_reauthenticate": "signed_in",
    "mfa_activate_totp": "signed_in",
    "mfa_deactivate_totp": "signed_in",
    "mfa_view_recovery_codes": "signed_in",
    "mfa_generate_recovery_codes": "signed_in",
    "mfa_download_recovery_codes": "signed_in",
    "usersessions_list": "signed_in",
    "admin:login": "anyone",
    "admin:logout": "anyone",
    "admin:": "manager",
}


def needs(who: str):
    """Declares which people a view is for. A view without it is refused by the middleware."""
    if who not in WHO:
        raise KeyError(who)

    def declare(view):
        view.policy = who
        return view

    return declare


def declared(view, name: str) -> str | None:
    """The policy of a route: its own, or the one listed for a library's route."""
    own = getattr(view, "policy", None) or getattr(
        getattr(view, "view_class", None), "policy", None
    )
    if own or not name:
        return own
    if name in LIBRARY_ROUTES:
        return LIBRARY_ROUTES[name]
    namespace = name.partition(":")[0] + ":"
    return LIBRARY_ROUTES.get(namespace) if ":" in name else None


def allows(who: str, user) -> bool:
    return WHO[who](user)


def require(user, who: str) -> None:
    """Raises NotAllowed; services call this where the row is written. No user means no."""
    if user is None or not allows(who, user):
        raise NotAllowed()
