"""A small process beside the server that stops it when everyone is gone, even if all were killed.

A process that ends well stops the server itself, at once. This is for those that cannot: the
development server, for one, kills its child with a signal that leaves no time for anything.
"""

import os
import subprocess
import sys
from pathlib import Path

from clinic.embedded import cluster, locks
from clinic.embedded.accounts import DATA

CODE = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from clinic.embedded.caretaker import watch; watch(sys.argv[2])"
)


def call(home: Path) -> None:
    """Start one that belongs to nobody: no terminal, no parent waiting, no lock inherited."""
    site = Path(__file__).resolve().parents[2]
    python = [sys.executable, "-I", "-S", "-c", CODE, str(site), str(home)]
    detached = ["/bin/sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *python]
    subprocess.run(detached, cwd="/", start_new_session=True, check=False)


def watch(folder: str) -> None:
    home = Path(folder)
    while cluster.process_of(home / DATA):
        locks.wait_until_unused(home)
        if not cluster.process_of(home / DATA):
            return
        with locks.gate(home):
            users = locks.use(home)
            if locks.nobody_left(users, home):
                cluster.stop(home / DATA)
            os.close(users)
