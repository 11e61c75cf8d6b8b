"""Who uses the server, counted with file locks: the kernel drops them however a process ends.

Each process holds `.pg-users`, shared, for life, and `.pg-gate` for the moment of starting or
stopping. Both lie beside the data. Whoever can hold `.pg-users` alone knows that nobody is left.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

USERS, GATE = ".pg-users", ".pg-gate"


def use(home: Path) -> int:
    """Count this process in. Returns a descriptor; the lock lasts until it is closed."""
    users = _open(home / USERS)
    fcntl.flock(users, fcntl.LOCK_SH)
    return users


def still_counts(users: int, home: Path) -> bool:
    """Whether the lock is on the file that is there now: a folder removed and made anew has others.
    Whoever holds an old one knows nothing of those who use the new server."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(users), (home / USERS).stat())
    return False


def nobody_left(users: int, home: Path) -> bool:
    """Whether this descriptor's holder is the last; if so nobody can come in until it is closed."""
    if not still_counts(users, home):
        return False
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_until_unused(home: Path) -> None:
    users = _open(home / USERS)
    fcntl.flock(users, fcntl.LOCK_EX)
    os.close(users)


@contextlib.contextmanager
def gate(home: Path) -> Iterator[None]:
    lock = _open(home / GATE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open(file: Path) -> int:
    """The lock belongs to the folder's owner, so that root's visit shuts nobody out."""
    try:
        lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(file, os.O_RDWR | os.O_NOFOLLOW)
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.fchown(lock, owner.st_uid, owner.st_gid)
    return lock
