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
    "staff": lambda user: _signed_in(user) and user.is_staff_member,
    "patient": lambda user: _signed_in(user) and not user.is_staff_member,
    # Someone whose registrations have ended keeps the diary, and reads and decides nothing.
    "practitioner": lambda user: _signed_in(user) and user.is_registered,
    "reception": lambda user: _signed_in(user) and user.is_reception,
    "front_desk": lambda user: _signed_in(user) and (user.is_reception or user.is_practitioner),
    "manager": lambda user: _signed_in(user) and user.is_manager,
}

# Who signs in by e-mailed code, or may. Every other name is for people who work here.
BY_CODE = {"signed_in", "patient"}

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
    "account_reauthenticate": "staff",
    "account_change_password": "staff",
    "account_set_password": "staff",
    "mfa_index": "staff",
    "mfa_authenticate": "anyone",
    "mfa_reauthenticate": "staff",
    "mfa_activate_totp": "staff",
    "mfa_deactivate_totp": "staff",
    "mfa_view_recovery_codes": "staff",
    "mfa_generate_recovery_codes": "staff",
    "mfa_download_recovery_codes": "staff",
    "usersessions_list": "signed_in",
    "admin:login": "anyone",
    "admin:logout": "anyone",
    "admin:": "manager",
}


# The staff's own way in, which needs no account yet.
STAFF_DOOR = {
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "admin:login",
    "admin:logout",
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


def is_for_staff(view, name: str) -> bool:
    """Whether a page is read by people who work here, and by nobody else."""
    who = declared(view, name)
    return name in STAFF_DOOR or who not in BY_CODE | {"anyone", None}


def door(who: str) -> str:
    """The page where people of this kind sign in."""
    return "account_request_login_code" if who in BY_CODE else "account_login"


def allows(who: str, user) -> bool:
    return WHO[who](user)


def require(user, who: str) -> None:
    """Raises NotAllowed; services call this where the row is written. No user means no."""
    if user is None or not allows(who, user):
        raise NotAllowed()
