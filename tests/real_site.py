"""The site as a clinic runs it: gunicorn, DEBUG off, static files collected and compressed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SECRET = "x9" * 30
"""Use it in the test too (settings.SECRET_KEY) for a session to hold on both sides."""
NO_DATABASE = "postgres://nobody@127.0.0.1:1/nothing"


def database_of_this_test() -> str:
    """The address of the database this test writes into."""
    server = connection.get_connection_params()
    port = f":{server['port']}" if server.get("port") else ""
    host = quote(str(server["host"]), safe="")
    return f"postgres://{server['user']}@{host}{port}/{quote(server['dbname'])}"


@contextmanager
def real_site(var: Path, database: str) -> Iterator[str]:
    """Its address. Cookies are marked secure, as on a real site; localhost may keep them."""
    key_name, key = settings.FIELD_KEYS[0]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(var),
        "DEBUG": "0",
        "DATABASE_URL": database,
        "SECRET_KEY": SECRET,
        "FIELD_KEYS": f"{key_name}:{key}",
        "MAIL_URL": "smtp://127.0.0.1:1",
        "ALLOWED_HOSTS": "localhost",
        "SECURE_SSL_REDIRECT": "0",
        "TANDEM_VAR": str(var),
        "LOG_LEVEL": "CRITICAL",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    port = _free_port()
    site = f"http://localhost:{port}"
    web = ["-m", "gunicorn", "clinic.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    quiet = ["--no-control-socket", "--log-level", "critical"]
    process = subprocess.Popen([sys.executable, *web, *quiet], cwd=ROOT, env=environment)
    try:
        _wait_for(f"{site}/static/get-help.html", process)
        yield site
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(address: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "gunicorn has stopped"
        try:
            urlopen(address, timeout=5).close()
            return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")
