"""Marking a part of a case as seen: a press that reloads, or a script's that does not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clinic.errors import Refused
from clinic.people.policy import needs
from intake.review import section_marks
from intake.review.case_page import case_of, number_in
from intake.review.quiet import is_quiet, refused
from intake.submission.models import Intake


@needs("practitioner")
@require_POST
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """A button named for what is said, with the part as its value."""
    intake = case_of(request, reference)
    said = (section_marks.SEEN, section_marks.NOT_SEEN, section_marks.OPEN)
    what = next((each for each in said if each in request.POST), "")
    section = request.POST.get(what, "")
    quietly = is_quiet(request)
    try:
        seen_at = _marked(request, intake, section, what)
    except Refused as found:
        if quietly:
            return refused(found.sentence, 422)
        messages.error(request, found.sentence)
        return redirect("review:case", reference)
    if quietly:
        return JsonResponse({"seen": f"{timezone.localtime(seen_at):%H:%M}" if seen_at else ""})
    return redirect(f"{reverse('review:case', args=[reference])}#{section}")


def _marked(request: HttpRequest, intake: Intake, section: str, what: str):
    pk = number_in(request.POST.get("revision"))
    revision = intake.revisions.defer("answers", "screening").filter(pk=pk).first()
    if revision is None:
        raise section_marks.NoSuchPart
    done = section_marks.mark(revision=revision, section=section, what=what, by=request.user)
    return done.seen_at
