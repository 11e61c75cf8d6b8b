"""Words of self-harm in Spanish: the one thing screening knows in a second language."""

from datetime import date

import pytest
from screening_documents import RULES, flags, screened

from intake.screening.text.reading import speaks_of_self_harm

SPOKEN = [
    "Quiero morir.",
    "A veces me quiero morir, no puedo dormir",
    "He pensado en suicidarme",
    "Tengo pensamientos suicidas desde hace un mes",
    "No quiero seguir viviendo así",
    "ya NO QUIERO VIVIR",
    "He pensado en quitarme la vida",
    "Me duele mucho la espalda y quisiera acabar con todo",
    "Me corto a propósito en los brazos",
    "Tengo ganas de hacerme dano",
    "Pienso en hacerme daño a mí misma",
    "Autolesiones en 2019",
    "Ya no le veo sentido a la vida",
    "Estarían mejor sin mí",
    "Sin ganas de vivir",
    "Los dolores son tan fuertes que quiero morir",
    "Con gran tristeza, quiero morir",
    "Mis hijas son buenas pero quiero morir",
    "¿Por qué no acabar con todo?",
    "No hay día que no piense en matarme",
    "Intenté matarme hace dos años",
    "La vida ya no tiene sentido",
    "Quiero dormirme y no despertar",
    "Estoy cansada de vivir",
    "Quiero lastimarme",
    "Ojalá me muriese",
    "Mi hermano murió por suicidio",
    "No tengo ideas suicidas",
]
"""The last two are about someone else, and a denial in words that are not known: one gentle page
too many is better than one too few."""

NOT_SPOKEN = [
    "Me muero por un café",
    "Este dolor va a matarme",
    "Me hice daño en la espalda levantando una caja",
    "¿Puede hacerme daño el masaje?",
    "Quiero acabar con el dolor",
    "Me quiero morir de vergüenza cuando me desvisto",
    "No quiero despertarme tantas veces por la noche",
    "Me corto las uñas yo mismo",
    "Quiero vivir mejor y dormir toda la noche",
    "Trabajo en una planta de matanza",
    "Se me cortan las manos en invierno",
    "Duermo mejor sin mi almohada",
    "¿Puede la acupuntura hacerme algo malo?",
    "Quiero acabar con todos los dolores",
    "Quiero desaparecer el dolor de espalda",
    "Quería morirme de vergüenza",
    "Quiero acabar con la vida sedentaria",
]


@pytest.mark.parametrize("text", SPOKEN)
def test_words_of_self_harm_are_met_at_once(text):
    result = screened(free_text={"anything_else": text})

    assert speaks_of_self_harm(text, RULES, date(2026, 11, 26))
    assert result["emergency"] is True
    assert (result["urgency"], result["message"]) == ("R1", "M4")


@pytest.mark.parametrize("text", NOT_SPOKEN)
def test_everyday_words_are_not(text):
    assert not speaks_of_self_harm(text, RULES, date(2026, 11, 26))
    assert "em_suicide" not in flags(screened(free_text={"anything_else": text}))


def test_what_is_denied_in_so_many_words_is_not():
    assert not speaks_of_self_harm("No quiero morir", RULES, date(2026, 11, 26))


def test_the_rest_of_a_spanish_text_still_waits_for_a_reader():
    text = "Me duele la espalda desde hace un año y por eso quiero morir, no lo aguanto con nada"

    result = screened(free_text={"anything_else": text})

    assert result["emergency"] is True
    assert [each["why"] for each in result["read_yourself"]] == ["language"]
