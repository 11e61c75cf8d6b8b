"""The demo's mailbox: what the site sent, for anyone to read. Filled only by the demo."""

from django.db import models


class Letter(models.Model):
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
