"""The benchmark runs from nothing, in a database of its own, and prints one JSON object."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict:
    """One real run of the part that is built; its targets are not tested here."""
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "--only", "screening"],
        cwd=ROOT,
        env=os.environ | {"TANDEM_VAR": str(tmp_path_factory.mktemp("bench"))},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["screen_documents_per_second", "rule_set_load_ms"])
def test_each_figure_comes_with_its_range(printed, name):
    least, most = printed[f"{name}_range"]

    assert 0 < least <= printed[name] <= most


def test_each_way_of_reading_has_a_share_of_the_time(printed):
    shares = printed["screen_shares"]

    assert {"answers", "medicines", "text", "rest"} <= set(shares)
    assert all(0 <= share <= 1 for share in shares.values())


def test_a_part_that_does_not_exist_is_refused_with_the_names_of_those_that_do():
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "--only", "nonsense"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "screening" in done.stderr
