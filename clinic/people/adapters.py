"""How the sign-in library fits this clinic."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from clinic.encryption import seal, unseal

BOUND_TO = b"mfa.secret"


class AccountAdapter(DefaultAccountAdapter):
    def generate_login_code(self) -> str:
        """Six digits: easy to type on a phone. Five tries and 15 minutes bound the guessing."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def is_open_for_signup(self, request) -> bool:
        """Accounts are opened by e-mailed code only: a password set by someone who does not read
        that mailbox would later open the answers of the person who does."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are stored sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text.encode(), bound_to=BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(bytes.fromhex(encrypted_text), bound_to=BOUND_TO).decode()
