"""What counts as lowering a heavy row, said here and asked of Python and of the database."""

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refusals import run
from screening_documents import RULES

from intake.screening.editing.lowering import lowered
from intake.screening.rule_set import to_json

BEFORE = to_json(RULES)
NAMES = {
    "rules": "code",
    "bands": "code",
    "families": "name",
    "medicine_classes": "code",
    "medicines": "generic",
    "terms": "term",
    "messages": "id",
    "concerns": "code",
}


def changed(table: str, called: str, **cells: object) -> dict:
    after = deepcopy(BEFORE)
    rows = [row for row in after[table] if row[NAMES[table]] == called]
    assert rows, called
    for row in rows:
        row |= cells
    return after


def without(table: str, name: str) -> dict:
    after = deepcopy(BEFORE)
    after[table] = [row for row in after[table] if row[NAMES[table]] != name]
    assert len(after[table]) < len(BEFORE[table])
    return after


def by_python(after: dict) -> list[str]:
    return sorted({f"{one.table} {one.was[NAMES[one.table]]}" for one in lowered(BEFORE, after)})


def by_database(after: dict) -> list[str]:
    sql = "SELECT coalesce(jsonb_agg(jsonb_build_array(of_table, was)), '[]')"
    pair = [json.dumps(BEFORE), json.dumps(after)]
    found = run(f"{sql} FROM screening_lowered(%s, %s)", pair)[0]
    found = json.loads(found) if isinstance(found, str) else found
    return sorted({f"{table} {row[NAMES[table]]}" for table, row in found})


DVT = next(row for row in BEFORE["terms"] if row["term"] == "deep vein thrombosis")
STOP = ["contraindicated"] * 4
ALL_EMERGENCY = ["emergency"] * 4
# clotting_factor is the one class of medicines that rules something out; fever_now and
# neutropenia are conditions that do; em_stroke is an emergency with urgency R0.
LOWERS = [
    ("a level of an emergency", changed("rules", "em_stroke", levels=[*STOP[:3], "none"]),
     ["rules em_stroke"]),
    ("an urgency", changed("rules", "em_stroke", urgency="R1"), ["rules em_stroke"]),
    ("an emergency taken out", without("rules", "em_stroke"), ["rules em_stroke"]),
    ("no longer asked", changed("rules", "em_stroke", ask_by=[]), ["rules em_stroke"]),
    ("may stay blank now", changed("rules", "em_stroke", manner="optional"), ["rules em_stroke"]),
    ("another message", changed("rules", "em_stroke", message="M7"), ["rules em_stroke"]),
    ("a local level", changed("rules", "touch_boundaries", local=["", "", "", ""]),
     ["rules touch_boundaries"]),
    ("a class", changed("medicine_classes", "clotting_factor", levels=["caution"] * 4),
     ["medicine_classes clotting_factor"]),
    ("a question a class opens", changed("medicine_classes", "clotting_factor", opens=[]),
     ["medicine_classes clotting_factor"]),
    ("a threshold taken out", without("bands", "em_vitals"), ["bands em_vitals"]),
    ("a threshold's own level", changed("bands", "neutropenia", levels=["caution"] * 4),
     ["bands neutropenia"]),
    ("the time after which it is past", changed("families", "Blood clot", months=1),
     ["families Blood clot"]),
    ("words of a person", changed("terms", "deep vein thrombosis", lay=DVT["lay"][:1]),
     ["terms deep vein thrombosis"]),
]  # fmt: skip
KEEPS = [
    ("nothing", deepcopy(BEFORE)),
    ("words", changed("rules", "em_stroke", question="Other words?", advice="", sources=["S65"])),
    ("a title", changed("concerns", "em_stroke", title="Stroke")),
    ("a light level", changed("rules", "diabetes", levels=["none"] * 4)),
    ("a local level that becomes general", changed("rules", "touch_boundaries", levels=STOP)),
    ("a level raised", changed("rules", "fever_now", levels=ALL_EMERGENCY)),
    ("more words of a person", changed(
        "terms", "deep vein thrombosis", lay=[*DVT["lay"], "clot behind the knee"])),
    ("a light medicine", without("medicines", "ibuprofen")),
    ("a message of another name", changed("messages", "M1", name="Ring now")),
]  # fmt: skip


@pytest.mark.parametrize(("after", "names"), [case[1:] for case in LOWERS],
                         ids=[case[0] for case in LOWERS])  # fmt: skip
def test_lowers(after, names, db):
    assert by_python(after) == names
    assert by_database(after) == names


@pytest.mark.parametrize("after", [case[1] for case in KEEPS], ids=[case[0] for case in KEEPS])
def test_does_not_lower(after, db):
    assert by_python(after) == []
    assert by_database(after) == []


def test_names_what_becomes_of_the_row():
    [one] = lowered(BEFORE, changed("rules", "em_stroke", urgency="R1"))
    [gone] = lowered(BEFORE, without("rules", "em_stroke"))

    assert (one.table, one.row, one.was["urgency"]) == ("rules", "em_stroke", "R0")
    assert one.becomes["urgency"] == "R1"
    assert gone.becomes is None
    assert one.mark != gone.mark


HEAVY = {"code": "stop", "levels": STOP, "local": ["", "", "", ""], "urgency": ""}
LIGHT = HEAVY | {"code": "light", "levels": ["note"] * 4}


def found(table: str, was: dict, now: dict) -> bool:
    """Whether the one row of a made-up table is lowered, as both say."""
    before, after = ({"rules": [HEAVY, LIGHT], table: [row]} for row in (was, now))
    sql = "SELECT count(*) FROM screening_lowered(%s, %s)"
    stored = run(sql, [json.dumps(before), json.dumps(after)])[0]
    assert stored == len(lowered(before, after))
    return bool(stored)


@pytest.mark.parametrize(
    ("column", "was", "now", "expected"),
    [
        ("unless", [], ["socks"], True),
        ("unless", ["socks"], [], False),
        ("box_only", ["x"], ["x", "y"], True),
        ("and_any", [], ["goal:sleep"], True),
        ("and_any", ["goal:sleep"], ["goal:sleep", "goal:pain"], False),
        ("and_also", ["goal:sleep"], [], True),
        ("regions", [], ["chest"], True),
        ("if_any", ["a"], ["a", "b"], False),
        ("if_any", ["a", "b"], ["a"], True),
        ("months", 3, 4, True),
        ("below_age", None, 2, True),
        ("advice", "a", "b", False),
        ("code", "stop", "light", True),
    ],
)
def test_what_makes_a_row_fire_may_only_grow(db, column, was, now, expected):
    row = {"name": "x", "code": "stop", "levels": [], "local": []}

    assert found("combinations", row | {column: was}, row | {column: now}) is expected


def test_a_row_of_a_light_code_may_shrink_whatever_else_it_names(db):
    row = {"name": "x", "if_any": ["stop", "light"], "code": "light", "levels": []}

    assert not found("combinations", row, row | {"if_any": ["light"]})
    assert found("combinations", row | {"code": ""}, row | {"code": "", "if_any": ["light"]})


TABLES = sorted(set(NAMES) - {"messages", "concerns"})
WORDS = st.sampled_from(["none", "caution", "contraindicated", "emergency"])


@st.composite
def edits(draw) -> dict:
    """The rules with some rows taken out and some cells replaced by others."""
    after = deepcopy(BEFORE)
    for _ in range(draw(st.integers(1, 6))):
        rows = after[draw(st.sampled_from(TABLES))]
        place = draw(st.integers(0, len(rows) - 1))
        if draw(st.booleans()) and draw(st.booleans()):
            del rows[place]
            continue
        row = rows[place]
        column = draw(st.sampled_from(sorted(row)))
        if column in ("levels", "local"):
            row[column] = draw(st.lists(WORDS, min_size=4, max_size=4) | st.just([]))
        elif column == "urgency":
            row[column] = draw(st.sampled_from(["", "R1", "R0"]))
        elif isinstance(row[column], list):
            row[column] = draw(st.sampled_from([[], row[column][:1], [*row[column], "more"]]))
        else:
            other = rows[draw(st.integers(0, len(rows) - 1))]
            row[column] = other[column]
    return after


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(after=edits())
def test_python_and_the_database_say_the_same(db, after):
    assert by_python(after) == by_database(after)
