"""The README's claims."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


def command(name: str) -> str:
    return re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", README, re.S).group(1)


@pytest.mark.parametrize("name", ["demo", "tests"])
def test_each_command_installs_with_hashes_and_ends_in_the_real_thing(name):
    lines = command(name).strip().splitlines()

    assert "--require-hashes -r requirements.txt" in lines[1]
    assert (
        lines[-1]
        == {
            "demo": ".venv/bin/python manage.py demo",
            "tests": ".venv/bin/python -m pytest",
        }[name]
    )


@pytest.mark.parametrize("place", re.findall(r"^\| `([\w/.]+)`", README, re.M))
def test_each_place_on_the_map_is_there(place):
    assert (ROOT / place).exists()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name)
def test_each_decision_bears_its_number(decision):
    assert decision.read_text().startswith(f"# {decision.name[:4]}")


def test_each_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("]\n")[0]
    pinned = [line for line in lines.splitlines() if line.strip().startswith('"')]

    assert pinned
    assert [line for line in pinned if "#" not in line] == []
