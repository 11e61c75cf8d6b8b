"""What a script asks gets JSON, and leaves no message that would stand on the next page."""

from django.http import HttpRequest, JsonResponse


def is_quiet(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def refused(sentence: str, status: int = 409) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
