"""Delivers e-mail to the demo's mailbox page and to the console instead of to anyone."""

import sys

from django.core.mail.backends.base import BaseEmailBackend

from intake.demo.models import Letter


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            for address in message.to:
                Letter.objects.create(to=address, subject=message.subject[:200], body=message.body)
                sys.stdout.write(f"\n[mail to {address}] {message.subject}\n{message.body}\n")
        sys.stdout.flush()
        return len(email_messages)
