"""Small seeds, clean items, and a way to change them: what the rules are tried on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from question_bank.claims import AnyClaim
from question_bank.facts import Quotation
from question_bank.items import Item, Option
from question_bank.lint import LintContext
from question_bank.loader import load

HERE = Path(__file__).parent
CLAIM: TypeAdapter[AnyClaim] = TypeAdapter(AnyClaim)
ITEMS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "items.toml").read_text(encoding="utf-8"))

MakeItem = Callable[..., Item]


@pytest.fixture(scope="session")
def context() -> LintContext:
    return LintContext(load(HERE / "seeds"))


@pytest.fixture(scope="session")
def make_item() -> MakeItem:
    """Build a clean item by its name in items.toml, with some of its fields changed.

    ``options`` replaces the texts; ``option`` changes single options by their number, as ``{"2": {"text": …}}``.
    """
    return _make_item


def _make_item(name: str = "reason", **changes: Any) -> Item:
    record = {"uid": f"{name}-1", "family": name} | ITEMS[name] | changes
    options = [dict(option) for option in ITEMS[name]["options"]]
    if "options" in changes:
        options = [{**options[min(n, 3)], "text": text} for n, text in enumerate(changes["options"])]
    for number, change in record.pop("option", {}).items():
        options[int(number) - 1] |= change
    quote = record.pop("quote")
    fields = {key: value for key, value in record.items() if key in Item.__dataclass_fields__}
    defaults = {"origin": "generated", "speaker": None, "difficulty": 0.0}
    return Item(**defaults | fields | {
        "options": tuple(_option(option) for option in options),
        "evidence": _quotations(quote),
        "facts": tuple(record["facts"]),
    })  # fmt: skip


def _option(record: dict[str, Any]) -> Option:
    return Option(
        text=record["text"],
        correct=record.get("correct", record["reason"] == "key"),
        rationale=record["rationale"],
        reason=record["reason"],
        evidence=_quotations(record["quote"]),
        claim=CLAIM.validate_python(record["says"]),
    )


def _quotations(quote: list[Any]) -> tuple[Quotation, ...]:
    if not quote:
        return ()
    return (Quotation(document=quote[0], paragraph=quote[1], quote=quote[2]),)
