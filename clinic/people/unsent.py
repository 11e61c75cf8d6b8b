"""What someone typed on a page that their session did not outlive.

It is kept sealed in the new session and given back once, to the same person on the same page.
"""

import json
import time

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.encryption import seal, unseal

KEY = "typed_before_sign_in"
BOUND_TO = b"session.typed"
LONGEST = 200_000
KEPT_SECONDS = 2 * 60 * 60
SENTENCE = _(
    "You were signed out while this page was open. What you typed is here. It is not saved yet."
)


def given_back(view):
    """Declares that the view shows `take(request)` again after a new sign-in."""
    view.gives_typing_back = True
    return view


def keep(request: HttpRequest, *, user_id: int) -> None:
    """Puts the posted words aside for this person; called after the form token was checked."""
    words = request.POST.urlencode()
    if len(words) > LONGEST:
        return
    kept = {"path": request.path, "user": user_id, "at": int(time.time()), "words": words}
    request.session[KEY] = seal(json.dumps(kept).encode(), bound_to=BOUND_TO).hex()


def take(request: HttpRequest) -> QueryDict | None:
    """The words kept for this person and this page, once; None when there are none."""
    if KEY not in request.session:
        return None
    kept = json.loads(unseal(bytes.fromhex(request.session[KEY]), bound_to=BOUND_TO))
    if kept["path"] != request.path or kept["user"] != request.user.pk:
        return None
    del request.session[KEY]
    if time.time() - kept["at"] > KEPT_SECONDS:
        return None
    return QueryDict(kept["words"])
