import os

import pytest
from cryptography.exceptions import InvalidTag

from clinic.encryption import ring, seal, unseal


class TestSealing:
    def test_what_was_sealed_opens_again(self):
        assert unseal(seal("Żółć".encode(), bound_to=b"a.b"), bound_to=b"a.b").decode() == "Żółć"

    def test_the_words_are_not_in_what_is_stored(self):
        assert b"pacemaker" not in seal(b"pacemaker", bound_to=b"a.b")

    def test_a_value_moved_to_another_column_does_not_open(self):
        with pytest.raises(InvalidTag):
            unseal(seal(b"pacemaker", bound_to=b"a.b"), bound_to=b"a.c")

    @pytest.mark.parametrize("place", [5, 16, 17, -1])
    def test_a_changed_byte_does_not_open(self, place):
        stored = bytearray(seal(b"pacemaker", bound_to=b"a.b"))
        stored[place] ^= 1

        with pytest.raises(InvalidTag):
            unseal(bytes(stored), bound_to=b"a.b")

    def test_an_older_key_still_opens_after_rotation(self, settings):
        import base64

        stored = seal(b"pacemaker", bound_to=b"a.b")
        new = base64.urlsafe_b64encode(os.urandom(32)).decode()
        settings.FIELD_KEYS = [("new", new), *settings.FIELD_KEYS]
        ring.cache_clear()

        try:
            assert unseal(stored, bound_to=b"a.b") == b"pacemaker"
            assert seal(b"x", bound_to=b"a.b")[1:5] == b"new "
        finally:
            ring.cache_clear()
