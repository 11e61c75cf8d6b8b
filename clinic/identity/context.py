from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from clinic.identity.services import clinic as details


def clinic(request: HttpRequest) -> dict:
    """`clinic` in every template; read only when a template asks."""
    return {"clinic": SimpleLazyObject(details)}
