"""A patient's own pages: what to do next, what has happened, and what there is to read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clinic.errors import Refused
from clinic.people.household import household
from clinic.people.policy import needs
from intake.home import services
from intake.home.forms import PersonForm
from intake.home.reading import Home, Papers
from intake.home.signed import signed_in
from intake.submission.models import Intake

SHOWN = 3
"""Of forms and messages on the first page; the rest is one press away."""
LINES = 10
"""Of what has happened, on the first page."""
LINES_OF_A_PAGE = 30


def _papers(request: HttpRequest, person: str) -> Papers:
    return Papers(account=request.user, household=household(request.user, person))


@needs("patient")
@require_GET
def me(request: HttpRequest, person: str = "") -> HttpResponse:
    papers, now = _papers(request, person), timezone.now()
    home = Home(papers, now)
    events = list(home.events()[: LINES + 1])
    context = {
        "household": papers.household,
        "people": papers.people,
        "home": home,
        "usual": Intake.objects.waits(at=now) if home.step.is_waiting else None,
        "recent": home.history(events[:LINES]),
        "has_older": len(events) > LINES,
        "forms": papers.forms[:SHOWN],
        "messages_shown": papers.messages[:SHOWN],
        "new": sum(message.is_new for message in papers.messages),
    }
    return render(request, "home/me.html", context)


@needs("patient")
@require_GET
def messages(request: HttpRequest, person: str = "") -> HttpResponse:
    papers = _papers(request, person)
    context = {"household": papers.household, "people": papers.people, "all": papers.messages}
    return render(request, "home/messages.html", context)


@needs("patient")
@require_GET
def happened(request: HttpRequest, person: str = "") -> HttpResponse:
    """Everything that has happened, piece by piece."""
    papers = _papers(request, person)
    home = Home(papers, timezone.now())
    page = Paginator(home.events(), LINES_OF_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "household": papers.household,
        "people": papers.people,
        "page": page,
        "moments": home.history(page),
    }
    return render(request, "home/happened.html", context)


@needs("patient")
@require_GET
def forms(request: HttpRequest, person: str = "") -> HttpResponse:
    papers = _papers(request, person)
    context = {"household": papers.household, "people": papers.people, "forms": papers.forms}
    return render(request, "home/forms.html", context)


@needs("patient")
@require_GET
def signed(request: HttpRequest, reference: str) -> HttpResponse:
    """What was signed with a form: each consent with its text, as it was on that day."""
    mine = Intake.objects.visible_to(request.user).select_related("patient").defer("answers")
    intake = get_object_or_404(mine, reference=reference)
    return render(request, "home/signed.html", {"intake": intake, "sent": signed_in(intake)})


@needs("patient")
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    people = household(request.user).people
    holder = any(person.is_account_holder for person in people)
    typed = request.POST if request.method == "POST" else None
    form = PersonForm(typed, has_account_holder=holder)
    status = 200 if typed is None else 422
    if form.is_valid():
        try:
            person = services.look_after(by=request.user, **form.cleaned_data)
            return redirect("home:me", person.reference)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = 409
    return render(request, "home/add_person.html", {"form": form}, status=status)
