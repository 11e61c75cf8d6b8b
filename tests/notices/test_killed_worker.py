"""A real worker, killed in the middle of sending; the next one sends the letter."""

import os
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from clinic.notices.models import Kind, Notice
from clinic.notices.services import tell

ROOT = Path(__file__).resolve().parents[2]


class _Talk(socketserver.StreamRequestHandler):
    """As much SMTP as is needed to take a letter, or to keep a worker waiting for an answer."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if not line.upper().startswith(b"DATA"):
                self.wfile.write(b"250 ok\r\n")
            elif self.server.silent:
                self.server.reached.set()
                self.server.over.wait(60)
                return
            else:
                self._take()

    def _take(self) -> None:
        self.wfile.write(b"354 go on\r\n")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.append(b"".join(lines).decode())
        self.wfile.write(b"250 taken\r\n")


@pytest.fixture
def post_office() -> Iterator[socketserver.ThreadingTCPServer]:
    office = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
    office.daemon_threads = True
    office.silent, office.letters = True, []
    office.reached, office.over = threading.Event(), threading.Event()
    threading.Thread(target=office.serve_forever, daemon=True).start()
    yield office
    office.over.set()
    office.shutdown()
    office.server_close()


@contextmanager
def worker(office: socketserver.ThreadingTCPServer) -> Iterator[subprocess.Popen]:
    """`manage.py procrastinate worker` on the database of this test."""
    at = connection.get_connection_params()
    port = f":{at['port']}" if at.get("port") else ""
    env = os.environ | {
        "DATABASE_URL": f"postgres://{quote(at['user'])}@{quote(at['host'], safe='')}{port}"
        f"/{at['dbname']}",
        "MAIL_URL": f"smtp://127.0.0.1:{office.server_address[1]}",
    }
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=env, **quiet) as process:
        try:
            yield process
        finally:
            process.kill()


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return holds()


@pytest.mark.django_db(transaction=True)
def test_a_notice_outlives_the_worker_that_was_sending_it(patient, post_office):
    notice = tell(patient=patient, kind=Kind.DECIDED, reference="T-2222-3333")

    with worker(post_office) as first:
        assert post_office.reached.wait(30)
        first.kill()
    notice.refresh_from_db()
    assert (notice.sent_at, notice.attempts) == (None, 1)

    post_office.silent = False
    past = timezone.now() - timedelta(seconds=1)
    Notice.objects.filter(pk=notice.pk).update(leased_until=past)  # two minutes later
    with worker(post_office):
        assert within(75, lambda: Notice.objects.filter(sent_at__isnull=False).exists())

    assert len(post_office.letters) == 1
    assert "There is news about your form" in post_office.letters[0]
