"""Who the server runs as, and which folder holds its files. Looks at permissions, changes none.

PostgreSQL refuses to run as root, so root borrows an account that exists. Where that account
cannot go (a checkout in a 0700 home, say), everything lives in a state folder of root's instead.
"""

import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

DATA = "pg"
SOCKET = ".s.PGSQL.5432"
OTHERWISE = "Set DATABASE_URL to a PostgreSQL server, or TANDEM_VAR to another folder."


class CannotStart(RuntimeError):
    """The private server cannot run here. The message is a sentence that says what to do."""


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def who(self) -> dict:
        """For subprocess: become this account, with its own group and no other."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *test: str | Path) -> bool:
        """Ask the kernel, as this account: `can("-x", folder)`. Mode bits miss the parents."""
        command = ["/bin/sh", "-c", 'test "$@"', "sh", *map(str, test)]
        return not subprocess.run(
            command, cwd="/", stderr=subprocess.DEVNULL, **self.who
        ).returncode

    def write(self, file: Path, text: str) -> None:
        """Write as this account: root following its links could be led anywhere."""
        command = ["/bin/sh", "-c", 'cat > "$1"', "sh", str(file)]
        if subprocess.run(command, input=text, text=True, cwd="/", **self.who).returncode:
            raise CannotStart(f"User {self.name} cannot write {file}. {OTHERWISE}")


def account(home: Path) -> Account:
    """The account that owns the data, or that will."""
    data = home / DATA
    owner = data.stat().st_uid if data.exists() else None
    if owner == 0 or (owner is not None and os.geteuid() not in (0, owner)):
        raise CannotStart(f"{data} belongs to another user. {OTHERWISE}")
    if owner or os.geteuid():
        return _named(owner or os.geteuid())
    for key in (home.stat().st_uid if home.exists() else 0, "postgres", "nobody"):
        try:
            found = pwd.getpwuid(key) if isinstance(key, int) else pwd.getpwnam(key)
        except KeyError:
            continue
        if found.pw_uid:
            return Account(found.pw_name, found.pw_uid, found.pw_gid)
    raise CannotStart(f"PostgreSQL does not run as root, and no other account is here. {OTHERWISE}")


def _named(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        raise CannotStart(f"User {uid} has no name on this machine. {OTHERWISE}") from None
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def home_of(var: Path) -> Path:
    """The folder of data and locks: `var`, or one in the state folder where `var` will not do."""
    if os.geteuid() or ((var / DATA).is_dir() and not (var / DATA).is_symlink()):
        return var
    state = state_folder() / hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    if state.is_dir() or not socket_fits(var / DATA):
        return state
    return var if account(var).can("-x", var) else state


def socket_fits(folder: Path) -> bool:
    """The kernel's limit is 107 bytes, and the server's settings split at odd letters."""
    path = os.fsencode(folder / SOCKET)
    return len(path) <= 100 and re.fullmatch(rb"[\w./+~%=-]+", path) is not None


def state_folder() -> Path:
    return Path(os.environ.get("TANDEM_STATE") or "/var/lib/tandem")


def make_state(folder: Path, *, about: str) -> Path:
    """Make a folder of root's that everyone may enter and only root may change."""
    for each, words in (
        (state_folder(), "Databases that Tandem started as root."),
        (folder, about),
    ):
        if not each.exists():
            _appear(each, words)
        found = each.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid or found.st_mode & 0o022:
            raise CannotStart(f"{each} must be a folder that only root can change. {OTHERWISE}")
    return folder


def _appear(folder: Path, about: str) -> None:
    """With its permissions from the first moment, whatever the umask and whoever else tries."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".tandem-", dir=folder.parent))
    (new / "about.txt").write_bytes(os.fsencode(f"{about}\n"))
    new.chmod(0o755)
    try:
        new.rename(folder)  # refused where one with a file in it is already there
    except OSError:
        shutil.rmtree(new)
