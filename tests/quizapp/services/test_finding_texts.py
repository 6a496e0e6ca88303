"""Texts of findings: every message that a rule can make is one of those that catalogues hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from question_bank import lint
from quizapp.services.finding_texts import TEXTS
from quizapp.services.findings import _in_plain_words

RULES = Path(lint.__file__).parent


def messages() -> Iterator[str]:
    """What the rules say, with something in the places of what only a question could tell."""
    for path in sorted(RULES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"error", "warning"}:
                yield from said(node.args[-1])


def said(message: ast.expr) -> Iterator[str]:
    if isinstance(message, ast.Constant):
        yield str(message.value)
    if isinstance(message, ast.JoinedStr):
        yield "".join(map(piece, message.values))


def piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return " (NC-A01)" if "proof" in ast.dump(part) else "option 1"


def test_every_message_of_a_rule_is_a_text_of_the_catalogues() -> None:
    patterns = [re.compile(re.sub(r"%\\\((\w+)\\\)s", ".+", re.escape(text))) for text in TEXTS]
    found = {_in_plain_words(message) for message in messages()}

    assert len(found) > 70
    assert {one for one in found if not any(pattern.fullmatch(one) for pattern in patterns)} == set()
