"""Asking a colleague from the page of a case: nothing that was typed is lost."""

import pytest
from django.urls import reverse
from factories import make_patient, make_practitioner, make_sent
from signing_in import client_of

from intake.review.opinion_models import SecondOpinion
from intake.review.services import open_form

QUESTION = "Is the calf a reason to wait?"


@pytest.fixture
def ana(db):
    return make_practitioner("ana@example.org", "Ana Marsh", "massage").user


@pytest.fixture
def revision(patient, masseur):
    found = make_sent(patient, wants=("massage",))
    open_form(intake=found.intake, by=masseur.user)
    return found


def asked(sent, masseur, **typed):
    typed = {"revision": sent.pk, "therapy": "massage", "question": QUESTION} | typed
    address = reverse("review:ask_colleague", args=[sent.intake.reference])
    return client_of(masseur.user).post(address, typed)


def test_asks_them(revision, masseur, ana):
    answer = asked(revision, masseur, to=ana.pk)

    assert answer.url == f"/reviews/{revision.intake.reference}/"
    assert SecondOpinion.objects.get().question == QUESTION


def test_the_form_on_the_case_sends_what_the_page_reads(revision, masseur, ana):
    case = client_of(masseur.user).get(f"/reviews/{revision.intake.reference}/").content.decode()
    for name in ("to", "question", "therapy", "revision"):
        assert f'name="{name}"' in case


REFUSED = {
    "nobody is chosen": ({"to": ""}, "Choose a colleague."),
    "the patient": ({"to": "patient"}, "cannot take it now"),
    "too long": ({"to": "ana", "question": "calf " * 900}, "at most 4000"),
    "a sign that cannot be stored": ({"to": "ana", "question": "calf\x00"}, "Null characters"),
    "another therapy": ({"to": "ana", "therapy": "acupuncture"}, "Nobody can be asked now"),
    "no such form": ({"to": "ana", "revision": "999999"}, "Nobody can be asked now"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused_it_comes_back_as_it_was_typed(revision, patient, masseur, ana, why):
    typed, sentence = REFUSED[why]
    people = {"ana": ana.pk, "patient": patient.account_id}
    to = people.get(typed["to"], typed["to"])

    answer = asked(revision, masseur, **(typed | {"to": to}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert typed.get("question", QUESTION)[:20].rstrip("\x00") in page
    assert not SecondOpinion.objects.exists()


def test_asked_of_someone_a_moment_ago_it_comes_back(revision, masseur, ana):
    kit = make_practitioner("kit@example.org", "Kit Alder", "massage").user
    asked(revision, masseur, to=ana.pk)

    page = asked(revision, masseur, to=kit.pk).content.decode()

    assert "asked about this therapy already" in page
    assert QUESTION in page
    assert SecondOpinion.objects.get().colleague == ana


def test_of_another_form_it_is_not_asked(revision, masseur, ana):
    other = make_sent(make_patient("ida@example.org", "Ida Brandt"), wants=("massage",))

    answer = asked(revision, masseur, to=ana.pk, revision=other.pk)

    assert answer.status_code == 422
    assert not SecondOpinion.objects.exists()


def test_without_anything_typed_it_leads_to_the_case(revision, masseur):
    address = reverse("review:ask_colleague", args=[revision.intake.reference])

    assert client_of(masseur.user).get(address).url.endswith(f"{revision.intake.reference}/")
