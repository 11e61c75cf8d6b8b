"""Light on dark or dark on light: as the device says, or as the person chose."""

from django.http import HttpRequest

COOKIE = "look"
LOOKS = {"": "light dark", "day": "light", "night": "dark"}
"""What was chosen -> the page's colour schemes; "" is as the device says."""


def look(request: HttpRequest) -> dict[str, str]:
    """`look` and `colour_scheme` in every template."""
    chosen = request.COOKIES.get(COOKIE, "")
    chosen = chosen if chosen in LOOKS else ""
    return {"look": chosen, "colour_scheme": LOOKS[chosen]}
