"""Fills an invented clinic, then starts the web server and the worker."""

import os
import signal
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from intake.demo.changed import BEFORE
from intake.demo.households import CARER, REGULAR
from intake.demo.people import PASSWORD, TOTP_SECRET, person
from intake.demo.services import fill


class Command(BaseCommand):
    help = "Try Tandem: an invented clinic with patients in every state."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only fill the clinic")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--patients", type=int, default=40)

    def handle(self, *args, no_serve: bool, port: int, patients: int, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo is not for a real site. It runs only with DEBUG on.")
        if not no_serve and _is_taken(port):
            raise CommandError(f"Something else uses port {port}. Choose another with --port.")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        added = fill(patients=patients)
        self.stdout.write(f"The clinic is filled; {added} accounts are new.")
        if not no_serve:
            self._serve(port)

    def _serve(self, port: int) -> None:
        env = {
            **os.environ,
            "DEMO": "1",
            "SITE_URL": f"http://localhost:{port}",
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
        }
        web = ["-m", "gunicorn", "clinic.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
        started = [
            subprocess.Popen([sys.executable, *web, "--no-control-socket"], env=env),
            subprocess.Popen([sys.executable, "manage.py", "procrastinate", "worker"], env=env),
        ]
        self.stdout.write(self._welcome(port))
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops the two as Ctrl-C does
        try:
            started[0].wait()
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            for process in started:
                process.terminate()
                process.wait()

    def _welcome(self, port: int) -> str:
        return f"""
  http://localhost:{port}/                the clinic, as a patient sees it
  http://localhost:{port}/demo/mailbox/   every e-mail, sign-in codes too
  http://localhost:{port}/account/staff/  staff sign in here
  http://localhost:{port}/admin/          for the manager

  Patients sign in with an e-mailed code, for example {person(1).email}
  {CARER.email} looks after someone; {REGULAR.email} has been here for years
  {BEFORE.email} has a visit ahead and changed a safety answer
  Staff, all @example.org: mei (both therapies), jo (massage), lee (acupuncture),
  sam (reception), ada and bea (managers)
  Password: {PASSWORD}
  Second factor: put the key {TOTP_SECRET} into any authenticator app
"""


def _is_taken(port: int) -> bool:
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0
