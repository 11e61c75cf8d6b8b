"""The pictures in the README: all there, used, and as new as the pages they show."""

from pathlib import Path

from intake.demo.pictures import FOLDER, MADE_FROM, files, made_from

README = (Path(__file__).parents[2] / "README.md").read_text()


def test_each_picture_is_there_and_no_other():
    assert {path.name for path in FOLDER.glob("*.png")} == {path.name for path in files()}


def test_each_picture_is_in_the_readme():
    assert [path.name for path in files() if f"docs/pictures/{path.name}" not in README] == []


def test_they_are_as_new_as_the_pages():
    """Otherwise: `manage.py pictures`."""
    assert MADE_FROM.read_text().strip() == made_from()
