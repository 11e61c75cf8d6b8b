"""One data folder of PostgreSQL: made whole or not at all, started, found, stopped."""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path

from clinic.embedded.accounts import (
    DATA,
    OTHERWISE,
    SOCKET,
    Account,
    CannotStart,
    account,
    socket_fits,
)
from clinic.embedded.programs import programs, run

NAME = "clinic"  # the database, and the role that owns it
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "log_checkpoints": "off",
    # What patients wrote must not reach the log: no statement, no parameter, no "failing row".
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# The site's own role is no superuser: what the database forbids, it forbids the site too.
ROLES = f"CREATE ROLE {NAME} LOGIN CREATEDB\nCREATE DATABASE {NAME} OWNER {NAME}\n"


def start(home: Path) -> Path:
    """Start the server that does not run; the folder of its socket. Call it under the gate."""
    data, owner = home / DATA, account(home)
    if set(str(data)) & set('"$`\\\n'):
        raise CannotStart(f"PostgreSQL cannot use a folder with such a name: {data}. {OTHERWISE}")
    if not owner.can("-x", home):
        raise CannotStart(f"User {owner.name} cannot reach {home}. {OTHERWISE}")
    binaries = programs(owner)
    if not data.exists():
        _create(data, owner, binaries)
    _check_version(data, owner, binaries)
    where = _socket_folder(data, owner)
    _clear(data, where)
    conf = SETTINGS | {"unix_socket_directories": str(where)}
    lines = "".join(f"{name} = '{value}'\n" for name, value in conf.items())
    owner.write(data / "postgresql.auto.conf", lines)  # read last, so it wins
    log = data / "server.log"
    run(binaries / "pg_ctl", "-w", "-t60", "-D", data, "-l", log, "start", account=owner)
    return where


def running(data: Path) -> Path | None:
    """The socket's folder, as the running server wrote it down, if it answers there."""
    with contextlib.suppress(OSError, IndexError):
        where = Path((data / "postmaster.pid").read_text().splitlines()[4])
        return where if answers(where) else None
    return None


def answers(where: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(where / SOCKET))
        except (TimeoutError, BlockingIOError):
            return True  # busy is not gone
        except OSError:
            return False
        return True


def stop(data: Path) -> None:
    """Stop at once but cleanly, closing what is still connected; harder if that takes too long."""
    where = running(data)
    for kind in (signal.SIGINT, signal.SIGQUIT):
        if pid := process_of(data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, kind)
        patience = time.monotonic() + 10
        while process_of(data) and time.monotonic() < patience:
            time.sleep(0.01)
    if where not in (None, data):
        with contextlib.suppress(OSError):
            where.rmdir()


def _create(data: Path, owner: Account, binaries: Path) -> None:
    new = data.with_name(f"{DATA}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    os.chown(new, owner.uid, owner.gid)
    locale = ["--locale=C.UTF-8"]
    if _major(owner, binaries) >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    auth = ["--auth-local=peer", "--auth-host=reject"]
    run(binaries / "initdb", "-D", new, "-Upostgres", "-EUTF8", *locale, *auth, account=owner)
    single = ["--single", "-D", new, "-c", "exit_on_error=true", "postgres"]
    run(binaries / "postgres", *single, account=owner, text=ROLES)
    pairs = [(user, role) for user in sorted({"root", owner.name}) for role in ("postgres", NAME)]
    owner.write(new / "pg_ident.conf", "".join(f'tandem "{u}" {role}\n' for u, role in pairs))
    owner.write(new / "pg_hba.conf", "local all all peer map=tandem\n")
    new.rename(data)


def _major(owner: Account, binaries: Path) -> int:
    words = run(binaries / "postgres", "--version", account=owner).split()
    return int("".join(c if c.isdigit() else " " for c in words[2]).split()[0])


def _check_version(data: Path, owner: Account, binaries: Path) -> None:
    made = (data / "PG_VERSION").read_text().strip()
    if made != str(_major(owner, binaries)):
        raise CannotStart(
            f"{data} was made by PostgreSQL {made}, which is not the one installed. "
            "Remove the folder to begin again, or set PGBIN to that version's programs."
        )


def _socket_folder(data: Path, owner: Account) -> Path:
    """The data folder itself or, where that path is too long, a folder nobody else enters."""
    if socket_fits(data):
        return data
    tag = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    temporary = Path(tempfile.gettempdir())
    for top in (temporary, Path("/tmp")):  # noqa: S108 (made 0700 and looked at below)
        where = top / f"tandem-{owner.uid}-{tag}"
        if socket_fits(where):
            break
    try:
        where.mkdir(mode=0o700)
        os.chown(where, owner.uid, owner.gid)
    except FileExistsError:
        found = where.lstat()
        if found.st_uid != owner.uid or found.st_mode != stat.S_IFDIR | 0o700:
            raise CannotStart(f"{where} is open to others, or theirs. {OTHERWISE}") from None
    return where


def _clear(data: Path, where: Path) -> None:
    """Remove what a crash left: a process number may be a zombie's by now, or someone else's."""
    stop(data)
    for left in (data / "postmaster.pid", where / f"{SOCKET}.lock", where / SOCKET):
        left.unlink(missing_ok=True)


def process_of(data: Path) -> int | None:
    """The server's process number, if that process really is the server of this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        command = _command(pid)
    except (OSError, ValueError, IndexError, subprocess.CalledProcessError):
        return None
    ours = b"postgres" in command and b" -D %s " % os.fsencode(data) in command
    return pid if ours else None


def _command(pid: int) -> bytes:
    """The process's command line, each word followed by a space; empty for a zombie."""
    if Path("/proc/self/cmdline").exists():
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    return subprocess.check_output(["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)])[:-1] + b" "
