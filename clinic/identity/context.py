from django.http import HttpRequest

from clinic.identity.services import clinic as details


def clinic(request: HttpRequest) -> dict:
    """`clinic` in every template."""
    return {"clinic": getattr(request, "clinic", None) or details()}
