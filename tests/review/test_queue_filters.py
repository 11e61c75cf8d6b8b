"""Finding a form among many: by name, reference, wish, level, and by who has it."""

import pytest
from factories import make_patient, make_sent
from queue_steps import names
from signing_in import client_of


class TestANameIsFound:
    @pytest.fixture(autouse=True)
    def people(self, db):
        for number, name in enumerate(["José Núñez-Ørsted", "Jo_e 100%", "Łucja Åberg"]):
            make_sent(make_patient(f"n{number}@example.org", name))

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("jose", ["José Núñez-Ørsted"]),
            ("JOSÉ", ["José Núñez-Ørsted"]),
            ("nunez", ["José Núñez-Ørsted"]),
            ("orsted josé", ["José Núñez-Ørsted"]),
            ("ñ", ["José Núñez-Ørsted"]),
            ("lucja aberg", ["Łucja Åberg"]),
            ("%", ["Jo_e 100%"]),
            ("_", ["Jo_e 100%"]),
            ("jo.e", []),
            ("' OR 1=1 --", []),
            ("[a-z]", []),
            ("jose aberg", []),
        ],
    )
    def test_whatever_the_accents_and_without_wildcards(self, signed_in, typed, found):
        assert names_for(signed_in, typed) == found

    def test_not_when_it_is_longer_than_any_name(self, signed_in):
        assert signed_in.get("/reviews/", {"q": "x" * 3000}).status_code == 200


def names_for(browser, typed: str) -> list[str]:
    page = browser.get("/reviews/", {"q": typed}).context["page"]
    return sorted(str(row.intake.patient) for row in page.rows)


def test_a_reference_is_found_in_small_letters_too(signed_in, patient, other_patient):
    make_sent(other_patient)
    reference = make_sent(patient).intake.reference

    assert names(signed_in, f"?q={reference.lower()}") == ["Rosa Okafor"]


def test_a_wish_and_a_level_narrow_the_list(signed_in, patient, other_patient):
    make_sent(patient, wants=("massage",), flags={"heart_failure": "consult_first"})
    make_sent(other_patient, wants=("acupuncture",))

    assert names(signed_in, "?wants=massage") == ["Rosa Okafor"]
    assert names(signed_in, "?level=none") == ["Tomas Silva"]
    assert names(signed_in, "?level=none&wants=massage") == []


def test_what_is_not_understood_shows_everything(signed_in, patient):
    make_sent(patient)

    assert names(signed_in, "?wants=x&level=9&held=-1&tab=zzz&q=%00") == ["Rosa Okafor"]


def test_who_has_a_form_narrows_the_list(signed_in, practitioner, masseur, patient, other_patient):
    make_sent(other_patient)
    reference = make_sent(patient).intake.reference
    client_of(masseur.user).get(f"/reviews/{reference}/")

    assert names(signed_in, f"?held={masseur.user.pk}") == ["Rosa Okafor"]
    assert names(signed_in, "?held=nobody") == ["Tomas Silva"]
    assert names(signed_in, "?held=me") == []
    assert names(client_of(masseur.user), "?held=me") == ["Rosa Okafor"]


def test_an_empty_result_says_so_and_leads_to_everything(signed_in, patient):
    make_sent(patient)

    page = signed_in.get("/reviews/?q=nobody").content.decode()

    assert "No form here fits what you chose." in page
    assert 'href="?tab=needs"' in page
