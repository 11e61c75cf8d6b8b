"""The private server, shared by every process that needs it; the last one out stops it."""

import atexit
import contextlib
import os
import shutil
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clinic.embedded import caretaker, cluster, locks
from clinic.embedded.accounts import DATA, OTHERWISE, CannotStart, home_of, make_state, state_folder


@dataclass
class Hold:
    home: Path
    users: int  # descriptor of the shared lock
    where: Path | None = None  # folder of the socket
    spare: int | None = None  # a lock for a child about to be forked


_held: dict[Path, Hold] = {}
_one_thread = threading.Lock()


def ensure(var: Path) -> dict[str, str]:
    """Start the server of this folder unless it runs; HOST, PORT and USER for Django's settings.

    Safe in any number of threads and processes. Raises CannotStart.
    """
    var = Path(os.path.realpath(var))
    with _one_thread:
        hold = _held.get(var)
        if hold is None or not _stands(hold):
            hold = _enter(var)
        return {"HOST": str(hold.where), "PORT": "5432", "USER": cluster.NAME}


def _stands(hold: Hold) -> bool:
    """Whether the server answers and this process is counted among its users."""
    answers = hold.where is not None and cluster.answers(hold.where)
    return answers and locks.still_counts(hold.users, hold.home)


def log_path(var: Path) -> Path:
    """Where the server writes its log, for example "deadlock detected"."""
    return home_of(Path(os.path.realpath(var))) / DATA / "server.log"


def stop(var: Path) -> None:
    """Stop the server whoever uses it. It starts again at the next connection."""
    home = home_of(Path(os.path.realpath(var)))
    if (home / DATA).exists():
        with locks.gate(home):
            cluster.stop(home / DATA)


def _enter(var: Path) -> Hold:
    try:
        var.mkdir(parents=True, exist_ok=True)
        home = home_of(var)
        if home != var:
            make_state(home, about=f"The database of {var}")
        with locks.gate(home):
            hold = _held.get(var)
            if hold is None:
                hold = _take_hold(var, home)
            elif not locks.still_counts(hold.users, home):
                os.close(hold.users)
                hold.users = locks.use(home)
            if os.geteuid() == 0:
                _point_to(var, home)
            hold.where = cluster.running(home / DATA)
            if hold.where is None:
                hold.where = cluster.start(home)
                caretaker.call(home)
    except OSError as error:
        raise CannotStart(f"{error.strerror}: {error.filename or var}. {OTHERWISE}") from error
    return hold


def _take_hold(var: Path, home: Path) -> Hold:
    hold = _held[var] = Hold(home, locks.use(home))
    atexit.register(_leave, var)
    return hold


def _leave(var: Path) -> None:
    hold = _held.pop(var)
    with contextlib.suppress(OSError), locks.gate(hold.home):
        if locks.nobody_left(hold.users, hold.home):
            cluster.stop(hold.home / DATA)
        os.close(hold.users)


def _before_fork() -> None:
    """Parent and child would share one lock, which ends with either: make the child its own."""
    _one_thread.acquire()
    for hold in _held.values():
        with contextlib.suppress(OSError):
            hold.spare = locks.use(hold.home)


def _after_fork(*, child: bool) -> None:
    for hold in _held.values():
        if hold.spare is not None:
            os.close(hold.users if child else hold.spare)
            hold.users, hold.spare = (hold.spare if child else hold.users), None
    _one_thread.release()


os.register_at_fork(
    before=_before_fork,
    after_in_parent=partial(_after_fork, child=False),
    after_in_child=partial(_after_fork, child=True),
)


def _point_to(var: Path, home: Path) -> None:
    """Keep `var/pg` pointing to data kept elsewhere. Whoever removes `var` means to begin again:
    the data then left behind is set aside as `pg.old`, one generation of it."""
    link, data = var / DATA, home / DATA
    if link.is_symlink() and home != link.readlink().parent:
        if state_folder() not in link.readlink().parents:
            return
        link.unlink()  # a copied checkout must not share the data of the first
    if home == var or link.is_symlink():
        return
    if data.exists() and not cluster.running(data):
        shutil.rmtree(old := home / f"{DATA}.old", ignore_errors=True)
        data.rename(old)
    link.symlink_to(data)
