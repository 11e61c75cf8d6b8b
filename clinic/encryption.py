"""Fields that are stored encrypted: AES-GCM with keys kept outside the database.

A stored value is: version byte, key name padded to 4, nonce of 12 bytes, ciphertext with tag.
The table and column are bound into the tag, so a value moved to another column does not open.
"""

import base64
import json
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact

VERSION = b"\x01"


@lru_cache(1)
def ring() -> dict[str, AESGCM]:
    """The keys by name; the first one encrypts, all of them decrypt."""
    return {name: AESGCM(base64.urlsafe_b64decode(key)) for name, key in settings.FIELD_KEYS}


def seal(data: bytes, *, bound_to: bytes) -> bytes:
    name, key = next(iter(ring().items()))
    nonce = os.urandom(12)
    return VERSION + name.encode().ljust(4) + nonce + key.encrypt(nonce, data, bound_to)


def unseal(stored: bytes, *, bound_to: bytes) -> bytes:
    """Raises KeyError when the key is missing, InvalidTag when the value was tampered with."""
    if stored[:1] != VERSION:
        raise ValueError("unknown version of an encrypted value")
    return ring()[stored[1:5].decode().strip()].decrypt(stored[5:17], stored[17:], bound_to)


class EncryptedField(models.Field):
    empty_strings_allowed = True

    def db_type(self, connection) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def _bound_to(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def _dump(self, value) -> bytes:
        return str(value).encode()

    def _load(self, data: bytes):
        return data.decode()

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return seal(self._dump(value), bound_to=self._bound_to())

    def from_db_value(self, value, expression, connection):
        return (
            None if value is None else self._load(unseal(bytes(value), bound_to=self._bound_to()))
        )

    def get_lookup(self, lookup_name):
        if lookup_name == "exact":
            return _NoneOnly
        if lookup_name != "isnull":
            raise FieldError("encrypted fields support isnull only")
        return super().get_lookup(lookup_name)


class _NoneOnly(Exact):
    def get_prep_lookup(self):
        if self.rhs is not None:
            raise FieldError("encrypted fields support isnull only")


class EncryptedTextField(EncryptedField, models.TextField):
    def db_type(self, connection) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"


class EncryptedJSONField(EncryptedField):
    empty_strings_allowed = False

    def _dump(self, value) -> bytes:
        return json.dumps(
            value, cls=DjangoJSONEncoder, separators=(",", ":"), sort_keys=True
        ).encode()

    def _load(self, data: bytes):
        return json.loads(data)


if __name__ == "__main__":
    print("k1:" + base64.urlsafe_b64encode(os.urandom(32)).decode())
