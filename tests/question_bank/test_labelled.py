"""The linter is measured itself: thirty sound items, thirty with one flaw each, and candidates that must not pass.

A finding counts once an item and rule. Recall: how many of the flaws their rule finds. Precision: how many of all
findings are of the flaw that the item has. ``pytest -s`` prints both.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from question_bank.claims import AnyClaim
from question_bank.curation import load_curation
from question_bank.errors import Fault
from question_bank.fact_base import FactBase
from question_bank.items import KEY, Item
from question_bank.lint import RULES, LintContext, lint_item

LABELLED = Path(__file__).parent / "labelled"
FLAWED: list[dict[str, Any]] = tomllib.loads((LABELLED / "flawed.toml").read_text(encoding="utf-8"))["flawed"]
CLAIM: TypeAdapter[AnyClaim] = TypeAdapter(AnyClaim)
LEAST_RECALL, LEAST_PRECISION = 0.95, 0.90
MUST_REJECT = {  # candidate: the rule that rejects it
    "share-of-no": "L24",
    "aid-per-year": "L24",
    "last-possession": "L24",
    "macron-behind": "L01",
    "gendarmes-in-rescue": "L24",
    "next-vote": "L08",
    "kanak-people-want": "L01",
    "flnks-leader": "L08",
    "poor-neighbours": "L01",
    "pensioner": "L01",
}

Flags = dict[str, set[str]]  # rules by item


def load_items(folder: str, base: FactBase) -> dict[str, Item]:
    faults: list[Fault] = []
    curation = load_curation(LABELLED / folder, base, faults)
    assert faults == []
    return {item.uid: item for item, _, _ in curation.items}


@pytest.fixture(scope="module")
def clean(base: FactBase) -> dict[str, Item]:
    return load_items("clean", base)


@pytest.fixture(scope="module")
def context(base: FactBase, clean: dict[str, Item]) -> LintContext:
    return LintContext(base, tuple(clean.values()))


@pytest.fixture(scope="module")
def found(clean: dict[str, Item], context: LintContext) -> Flags:
    items = [*clean.values(), *(flawed(record, clean) for record in FLAWED)]
    return {item.uid: {finding.rule for finding in lint_item(item, context)} for item in items}


def flawed(record: dict[str, Any], clean: dict[str, Item]) -> Item:
    """The sound item that the record names, with the changes that it makes."""
    item = clean[record["of"]]
    options = list(item.options)
    for number, change in record.get("option", {}).items():
        claim = {"claim": CLAIM.validate_python(change["claim"])} if "claim" in change else {}
        options[int(number) - 1] = replace(options[int(number) - 1], **change | claim)
    if "key" in record:
        options = [
            replace(option, correct=n == record["key"], reason=KEY if n == record["key"] else "contradicted")
            for n, option in enumerate(options, start=1)
        ]
    options = [options[n - 1] for n in record.get("order", range(1, len(options) + 1))]
    texts = {name: record[name] for name in ("stem", "explanation", "family") if name in record}
    return replace(item, uid=flawed_uid(record), options=tuple(options), **texts)


def flawed_uid(record: dict[str, Any]) -> str:
    return f"{record['of']}-{record['rule'].lower()}"


def test_it_finds_what_is_flawed_and_nothing_else(found: Flags) -> None:
    meant = {flawed_uid(record): {record["rule"], *record.get("also", [])} for record in FLAWED}
    flags = [(uid, rule) for uid, rules in found.items() for rule in rules]
    recall = sum(record["rule"] in found[flawed_uid(record)] for record in FLAWED) / len(FLAWED)
    precision = sum(rule in meant.get(uid, set()) for uid, rule in flags) / len(flags)
    print(f"\nrecall {recall:.2f}, precision {precision:.2f} over {len(found)} items")  # noqa: T201

    assert recall >= LEAST_RECALL
    assert precision >= LEAST_PRECISION


def test_sixty_items_are_labelled(clean: dict[str, Item], found: Flags) -> None:
    assert (len(clean), len(FLAWED), len(found)) == (30, 30, 60)


def test_every_rule_has_a_flaw_among_them() -> None:
    assert {record["rule"] for record in FLAWED} == {rule.id for rule in RULES}


def test_sound_items_are_of_many_kinds(clean: dict[str, Item]) -> None:
    assert len({item.model for item in clean.values()}) >= 15
    assert len({item.topic for item in clean.values()}) == 3


@pytest.mark.parametrize(("uid", "rule"), MUST_REJECT.items())
def test_what_must_not_pass_is_rejected(uid: str, rule: str, base: FactBase) -> None:
    findings = lint_item(load_items("must_reject", base)[uid], LintContext(base))

    assert rule in {finding.rule for finding in findings if finding.severity == "E"}


def test_every_candidate_that_must_not_pass_is_tried(base: FactBase) -> None:
    assert set(load_items("must_reject", base)) == set(MUST_REJECT)
