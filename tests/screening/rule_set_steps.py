"""Managers, and what they do to a draft; rules with a cell changed, without a database."""

from datetime import UTC, datetime

from refusals import run
from screening_documents import RULES

from clinic.people.models import User
from intake.screening.editing import drafts, publishing
from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet
from intake.screening.rule_set import RuleSetData

WEIGHTS = ("acupuncture", "electroacupuncture", "heat", "massage")
PAGES = "/admin/screening/ruleset/"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
STROKE = ("rules", "em_stroke")
WORD = ("Dr Imara Reed", "Reviewed on 20 November, see minutes.")
TABLE, LOWERINGS = "screening_ruleset", "screening_lowering"
PUBLISH = f"UPDATE {TABLE} SET published_at = now(), published_by_id = %s, note = %s WHERE id = %s"


def manager(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", name=name, is_manager=True)


def started(base: RuleSet, by: User, name: str = "2026.3.1") -> RuleSet:
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


def put(draft: RuleSet, by: User, note: str = "Agreed in the team.") -> RuleSet:
    return publishing.publish(draft=draft, note=note, seen=draft.digest, by=by, now=NOW)


def publish_raw(draft: RuleSet, by: object, note: str = "why") -> None:
    """Past every service, as somebody with a database console would."""
    run(PUBLISH, [getattr(by, "pk", None), note, draft.pk])


def is_published(draft: RuleSet) -> bool:
    return RuleSet.objects.get(pk=draft.pk).is_published
