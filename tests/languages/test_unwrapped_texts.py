"""No text of a patient's page is left in English: each stands in what translates it.

A template is a patient's unless it is named here; so is what a patient's template includes.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogue import ROOT, SPEAKING, templates
from django.template.base import Lexer, TokenType

FOLDERS_OF_STAFF = ("admin/", "mfa/", "demo/")
OF_STAFF = {
    "account/login.html",
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_reset_done.html",
    "account/password_reset_from_key.html",
    "account/password_reset_from_key_done.html",
    "account/reauthenticate.html",
    "account/email/password_reset_key_message.txt",
    "account/email/password_reset_key_subject.txt",
    "account/messages/password_changed.txt",
    *(f"booking/{name}.html" for name in ("book_for", "diary", "nothing_for", "waiting")),
    *(f"booking/{name}.html" for name in ("staff_cancel", "staff_visit")),
    *(f"components/{name}.html" for name in ("concern", "decision", "diary_visit", "flag")),
    *(f"components/{name}.html" for name in ("level", "precautions", "staff_links")),
    "components/waiting_row.html",
    "components/letter_sheet.html",  # a letter stays in the language it was sent in
    *(f"referral/{name}.html" for name in ("edit", "letter", "letters")),
    *(f"review/{name}.html" for name in ("alert", "case", "queue", "revision", "urgent_panel")),
    *(f"review/case_{name}.html" for name in ("answers", "changed", "earlier", "flags")),
    *(f"review/case_{name}.html" for name in ("ending", "language", "medicines")),
    *(f"review/{name}.html" for name in ("decision", "newer_rules", "queue_rules")),
    "review/ask_rounds.html",
    "review/contact.html",
    "review/decision_fields.html",
    "review/decision_side.html",
    *(f"review/case_{name}.html" for name in ("chart", "replies", "timeline")),
    *(f"review/queue_{name}.html" for name in ("alert", "alerts", "filters", "row", "tabs")),
    *(f"review/{name}.html" for name in ("away", "hand_over", "pass_on", "private_note")),
    *(f"review/{name}.html" for name in ("alert_action", "case_holding", "case_note", "put_back")),
    *(f"review/case_{name}.html" for name in ("jump", "mark", "not_stored")),
    "account/hidden.html",
    "account/registration_ended.html",
    "account/not_registered.html",
    "review/ask_colleague.html",
    "review/look_again.html",
    "components/hide_screen.html",
    *(f"review/ask{name}.html" for name in ("", "_about", "_row", "_thread_row", "_threads")),
}
SAME_EVERYWHERE = {"Your sign-in", "If you do not know one of them, sign out everywhere else, then"}
SAME_EVERYWHERE |= {"change your password"}
"""Shown to people who work here only, on a page they share with patients."""
NOT_WORDS = (r"\{#.*?#\}", r"<svg.*?</svg>", r"&\w+;", r"\{% block body_class %\}.*?endblock %\}")
SPOKEN_ATTRIBUTES = r'\b(?:aria-label|alt|title|placeholder|data-words|data-none)="([^"]*)"'
GIVEN_WORDS = r"""(?<![_(])(?<!translate )(?<!translate)["']([A-Z][^"']*[a-z][^"']* [^"']*)["']"""
PATIENTS_CODE = [
    *(ROOT / "intake/home").glob("*.py"),
    *(ROOT / "intake/questionnaire/kinds").glob("*.py"),
    *(ROOT / "intake/questionnaire" / f"{name}.py" for name in ("fields", "forms", "figure")),
    *(ROOT / "intake/questionnaire" / f"{name}.py" for name in ("regions", "soft_checks")),
    *(path for path in (ROOT / "intake/submission").glob("*.py") if "back_test" not in path.name),
    *(
        ROOT / "intake/review" / f"asking_{name}.py"
        for name in ("patient_views", "replies", "sheet")
    ),
    ROOT / "intake/review/message.py",
    *(ROOT / "intake/booking" / f"{name}.py" for name in ("choosing", "services", "views")),
    *(ROOT / "clinic" / f"{name}.py" for name in ("dates", "errors", "forms", "views")),
    *(ROOT / "clinic/people" / f"{name}.py" for name in ("household", "sign_in", "unsent")),
    ROOT / "clinic/people/middleware.py",
    ROOT / "clinic/notices/services.py",
]
SENTENCE = re.compile(r"^[A-Z“][^_]*[a-z”)][.?!:]$")
FOR_STAFF_ONLY = {
    "The route {name or view} declares no policy.",
    "No text holds that sign.",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


PATIENTS = [
    path
    for path in templates()
    if name(path) not in OF_STAFF and not name(path).startswith(FOLDERS_OF_STAFF)
]


def left_over(template: str) -> Iterator[str]:
    """Words that stand outside every tag that translates."""
    inside = False
    for pattern in NOT_WORDS:
        template = re.sub(pattern, "", template, flags=re.DOTALL)
    plain = ""
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            inside = _is_inside(token.contents, inside)
            yield from re.findall(GIVEN_WORDS, token.contents)
        elif token.token_type == TokenType.TEXT and not inside:
            plain += token.contents
        elif not inside:
            plain += "\n"
            yield from re.findall(GIVEN_WORDS, token.contents)
    yield from re.findall(SPOKEN_ATTRIBUTES, plain)
    yield from re.sub(r"<[^>]*>", "\n", plain).split("\n")


def _is_inside(tag: str, inside: bool) -> bool:
    if tag.startswith("blocktranslate"):
        return True
    return inside and not tag.startswith("endblocktranslate")


@pytest.mark.parametrize("path", PATIENTS, ids=name)
def test_every_word_of_a_template_can_be_translated(path):
    words = {each.strip(" .,:;·-()“”") for each in left_over(path.read_text(encoding="utf-8"))}

    assert {each for each in words if re.search(r"[A-Za-z]", each)} <= SAME_EVERYWHERE


def test_each_template_that_is_left_out_is_there():
    assert {name(path) for path in templates()} >= OF_STAFF


def sentences(tree: ast.AST) -> Iterator[str]:
    """Sentences that no call of a translating function holds."""
    if isinstance(tree, ast.Call) and getattr(tree.func, "id", "") in SPEAKING:
        return
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        text = child.value if isinstance(child, ast.Constant) else ""
        if isinstance(child, ast.JoinedStr):
            text = ast.unparse(child)[2:-1]
        if isinstance(text, str) and SENTENCE.match(text):
            yield text
        yield from sentences(child)


@pytest.mark.parametrize("path", PATIENTS_CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_in_code_can_be_translated(path):
    found = set(sentences(ast.parse(path.read_text(encoding="utf-8"))))

    assert found - FOR_STAFF_ONLY == set()


@pytest.mark.parametrize(
    ("template", "left"),
    [
        ("<p>Hello you</p>", "Hello you"),
        ('<nav aria-label="Your way">', "Your way"),
        ('{% include "a.html" with sentence="Choose one." %}', "Choose one."),
        ("{% blocktranslate %}Hello{% endblocktranslate %} you", "you"),
        ("{{ number|default:'A number of old' }}", "A number of old"),
    ],
)
def test_a_text_that_was_forgotten_is_found(template, left):
    assert left in {each.strip() for each in left_over(template)}


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Hello you" %}',
        "<nav aria-label=\"{% translate 'Your way' %}\">",
        '{% include "a.html" with sentence=_("Choose one.") %}',
    ],
)
def test_a_text_that_can_be_translated_is_passed_over(template):
    assert not any(each.strip() for each in left_over(template))


def test_a_sentence_that_was_forgotten_is_found_in_code():
    assert list(sentences(ast.parse('say("Choose a time."); say(_("Choose it."))'))) == [
        "Choose a time."
    ]
