"""Which forms need somebody, therapy by therapy, in the words of the database.

The same as decision_side.py works out for one case, for as many forms as there are: nobody has
said anything; or this person was asked; or what was said cannot stand as it is.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clinic.people.models import Registration
from intake.review.models import POSITIVE, Conclusion, SecondOpinion, Suitability, Verdict
from intake.review.opinion_models import Role
from intake.screening.levels import Level
from intake.submission.models import Flag


def needs(therapy: str, user_id: int) -> Q:
    """Of a revision: whether this person, registered in the therapy, can move it on."""
    asked = asked_of(therapy)
    opinions = said(therapy)
    open_to_all = ~Q(Exists(opinions)) | stuck(therapy)
    of_me = Q(Exists(asked.filter(colleague=user_id))) & ~Q(Exists(opinions.filter(**_by(user_id))))
    return Q(**{f"wants_{therapy}": True}) & (of_me | ~Q(Exists(awaited(therapy))) & open_to_all)


def stuck(therapy: str) -> Q:
    """Two disagree and no third is named; or one alone passed what takes two."""
    opinions = said(therapy)
    positive = opinions.filter(suitability__in=POSITIVE)
    third = asked_of(therapy).filter(role=Role.THIRD)
    disagree = Q(Exists(positive), Exists(opinions.filter(suitability=Suitability.NOT_NOW)))
    other = Verdict.objects.filter(
        ~Q(decision__by=OuterRef("decision__by")),
        decision__revision=OuterRef("decision__revision"),
        decision__taken_back__isnull=True,
        therapy=therapy,
    )
    ruled_out = Flag.objects.filter(
        **{"revision": OuterRef("pk"), f"{therapy}_weight": Level.CONTRAINDICATED}
    )
    alone = Q(Exists(ruled_out), Exists(positive.filter(~Exists(other))))
    return disagree & ~Q(Exists(third)) | alone


def _by(user_id: int) -> dict[str, int]:
    return {"decision__by": user_id}


def said(therapy: str) -> QuerySet[Verdict]:
    """What counts: of someone who may still decide, not taken back, and not gone out before the
    form was opened again."""
    may = Registration.objects.filter(
        practitioner__user=OuterRef("decision__by"),
        practitioner__user__is_active=True,
        therapy=therapy,
        valid_until__gte=timezone.localdate(),
    )
    told = Conclusion.objects.filter(
        revision=OuterRef("decision__revision"), at__gte=OuterRef("decision__at")
    )
    return Verdict.objects.filter(
        Exists(may),
        ~Exists(told),
        decision__revision=OuterRef("pk"),
        decision__taken_back__isnull=True,
        therapy=therapy,
    )


def asked_of(therapy: str) -> QuerySet[SecondOpinion]:
    return SecondOpinion.objects.standing().filter(revision=OuterRef("pk"), therapy=therapy)


def awaited(therapy: str) -> QuerySet[SecondOpinion]:
    """Of a revision: those who were asked and have not said anything."""
    answer = Verdict.objects.filter(
        decision__revision=OuterRef("revision"),
        decision__by=OuterRef("colleague"),
        decision__taken_back__isnull=True,
        therapy=therapy,
    )
    return asked_of(therapy).filter(~Exists(answer))
