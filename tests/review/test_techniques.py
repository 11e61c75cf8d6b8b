"""Techniques besides needling by hand: what findings hold back, and where."""

import pytest
from decision_forms import decision_for
from factories import make_flag, make_sent
from signing_in import client_of

from intake.review.limits import BLEEDING_OR_SKIN
from intake.review.models import Decision
from intake.review.services import open_form
from intake.screening.rule_files import load_files

NONE = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), "none")


@pytest.fixture
def decides(patient, practitioner):
    """Opens a form with one finding and saves a decision that allows these techniques."""

    def save(code: str, allowed: list[str], *, levels: dict, local: dict | None = None, **more):
        revision = make_sent(patient, wants=("acupuncture",))
        levels = NONE | levels
        make_flag(revision, code, 2, levels=levels, local=local or {}, because=[], state="active")
        open_form(intake=revision.intake, by=practitioner.user)
        said = {"acupuncture_reason": "Steady.", "acupuncture_techniques": allowed} | more
        typed = decision_for(revision, **said)
        address = f"/reviews/{revision.intake.reference}/decide/"
        return client_of(practitioner.user).post(address, typed)

    return save


HELD_BACK = [
    ("anticoagulant_use", "cupping", {"acupuncture": "caution", "massage": "caution"}),
    ("medicine_anticoag_doac", "cupping", {"acupuncture": "note"}),
    ("fragile_skin", "cupping", {"acupuncture": "caution"}),
    ("heart_failure", "cupping", {"acupuncture": "note", "massage": "consult_first"}),
    ("epilepsy_controlled", "electro", {"electroacupuncture": "consult_first"}),
    ("keloid", "heat", {"heat": "contraindicated"}),
]


@pytest.mark.parametrize(("code", "technique", "levels"), HELD_BACK)
def test_held_back_by_a_finding_it_is_not_allowed(decides, code, technique, levels):
    answer = decides(code, [technique], levels=levels)

    assert answer.status_code == 422
    assert "is held back by" in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("code", "technique", "levels"), HELD_BACK)
def test_without_it_the_therapy_is_decided(decides, code, technique, levels):
    assert decides(code, [], levels=levels).status_code == 302
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "technique", "levels"),
    [
        ("diabetes", "cupping", {"acupuncture": "caution"}),
        ("epilepsy_controlled", "heat", {"electroacupuncture": "consult_first"}),
    ],
)
def test_another_technique_is_allowed(decides, code, technique, levels):
    assert decides(code, [technique], levels=levels).status_code == 302


class TestHeldBackInOnePlace:
    LOCAL = {"heat": {"level": "contraindicated", "regions": []}}

    def test_it_is_allowed_once_the_place_is_named(self, decides):
        place = {"acupuncture_not_here": "both feet"}

        answer = decides("diabetes", ["heat"], levels={}, local=self.LOCAL, **place)

        assert answer.status_code == 302

    def test_without_a_place_it_is_asked_for(self, decides):
        answer = decides("diabetes", ["heat"], levels={}, local=self.LOCAL)

        assert answer.status_code == 422
        assert "Write the places to leave out." in answer.content.decode()

    def test_without_the_technique_no_place_is_asked_for(self, decides):
        assert decides("diabetes", ["studs"], levels={}, local=self.LOCAL).status_code == 302


def test_places_in_and_out_travel_to_the_visit(decides):
    places = {"acupuncture_only_here": "left knee", "acupuncture_not_here": "calves"}

    assert decides("diabetes", [], levels={}, **places).status_code == 302

    changes = Decision.objects.get().verdicts.get().precautions
    assert {"Treat only: left knee", "Leave out: calves"} <= set(changes)


def test_what_holds_cupping_back_is_known_to_the_rules():
    rules = load_files()
    known = {rule.code for rule in rules.rules}
    known |= {f"medicine_{each.code}" for each in rules.medicine_classes}

    assert known >= BLEEDING_OR_SKIN
