"""Managers, and what they do to a draft; rules with a cell changed, without a database."""

from screening_documents import RULES

from clinic.people.models import User
from intake.screening.editing import drafts
from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet
from intake.screening.rule_set import RuleSetData

WEIGHTS = ("acupuncture", "electroacupuncture", "heat", "massage")
PAGES = "/admin/screening/ruleset/"


def manager(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", name=name, is_manager=True)


def started(base: RuleSet, by: User, name: str = "2026.2.1") -> RuleSet:
    return drafts.start(base=base, name=name, by=by)


def cells(rule_set: RuleSet, sheet: str, key: str) -> dict[str, str]:
    the_sheet = SHEETS[sheet]
    return the_sheet.cells(the_sheet.by_key(rule_set.data())[key])


def change(draft: RuleSet, sheet: str, key: str, by: User, **changed: str) -> RuleSet:
    """Saves one row with some cells changed."""
    row = SHEETS[sheet].row(cells(draft, sheet, key) | changed)
    return drafts.save_row(
        draft=draft, sheet=SHEETS[sheet], key=key, row=row, seen=draft.digest, by=by
    )


def remove(draft: RuleSet, sheet: str, key: str, by: User) -> RuleSet:
    return drafts.remove_row(draft=draft, sheet=SHEETS[sheet], key=key, seen=draft.digest, by=by)


def typed(rule_set: RuleSet, sheet: str, key: str, **changed: str) -> dict[str, str]:
    """What the form for a row sends."""
    said = cells(rule_set, sheet, key) | changed
    return {"seen": rule_set.digest} | {f"cell_{name}": text for name, text in said.items()}


def changed(sheet: str, key: str, rules: RuleSetData = RULES, **cells: str) -> RuleSetData:
    the_sheet = SHEETS[sheet]
    rows = {
        name: the_sheet.row(the_sheet.cells(row) | cells) if name == key else row
        for name, row in the_sheet.by_key(rules).items()
    }
    return the_sheet.with_rows(rules, list(rows.values()))
