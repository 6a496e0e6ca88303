"""Every rule of the whole bank, tried on the small banks of banks/*.toml: it complains where it should, only there."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from question_bank.bank_rules import BANK_RULES, GOALS_NOT_YET_MET, Bank, Measure, Report, check_bank
from question_bank.build import Build
from question_bank.fact_base import FactBase
from question_bank.facts import Quotation, SinceThen
from question_bank.figures import measure as measure_figures
from question_bank.items import Item
from question_bank.lint import LintContext
from question_bank.waivers import Waiver, by_flag

BANKS: list[tuple[str, dict[str, Any]]] = [
    (rule, bank)
    for path in sorted((Path(__file__).parent / "banks").glob("*.toml"))
    for rule, banks in tomllib.loads(path.read_text(encoding="utf-8")).items()
    for bank in banks
]
DATE = dt.date(2026, 11, 22)


def _items(record: dict[str, Any], make_item: Any) -> Iterator[Item]:
    for n, table in enumerate(record["items"]):
        changes = dict(table)
        name, times = changes.pop("item", "reason"), changes.pop("times", 1)
        key, keep = changes.pop("key", None), changes.pop("keep", 4)
        passages, note = changes.pop("passages", None), changes.pop("note", None)
        changes["enemies"] = tuple(changes.get("enemies", ()))
        for time in range(times):
            item = make_item(name, **{"uid": f"{name}-{n}-{time}", "family": f"{name}-{n}-{time}"} | changes)
            if passages:
                item = replace(item, evidence=tuple(_quotation(*passage) for passage in passages))
            if note:
                item = replace(
                    item, since_then=SinceThen(text=note, source="reference pages", checked_on=DATE)
                )
            yield replace(item, options=_with_key_at(item, key)[:keep])


def _quotation(document: str, paragraph: int) -> Quotation:
    return Quotation(document=document, paragraph=paragraph, quote="words of the passage")


def _with_key_at(item: Item, key: int | None) -> tuple[Any, ...]:
    if key is None:
        return item.options
    options = [option for option in item.options if not option.correct]
    texts = [option.text for option in item.options]
    options.insert(key - 1, item.key)
    if item.model == "reason":  # numbers keep their words, so that the key stays a number
        options = [replace(option, text=text) for option, text in zip(options, texts, strict=True)]
    return tuple(options)


def _without_notes(base: FactBase) -> FactBase:
    bare = {"since_then": None}
    documents = []
    for document in base.documents:
        passages = [
            passage.model_copy(update={"fact": tuple(fact.model_copy(update=bare) for fact in passage.fact)})
            for passage in document.passage
        ]
        documents.append(document.model_copy(update={"passage": tuple(passages)}))
    return replace(base, documents=tuple(documents))


def _complaints(rule: str, record: dict[str, Any], make_item: Any, context: LintContext) -> set[str]:
    flags = [*record.get("waives", []), *([uid, rule] for uid in record.get("waived", []))]
    waivers = by_flag(
        Waiver(uid=uid, rule=waived, reason="a reason that is long enough", by="curator", date=DATE)
        for uid, waived in flags
    )
    base = _without_notes(context.base) if record.get("without_notes") else context.base
    bank = Bank(tuple(_items(record, make_item)), base, waivers)
    measures = [measure for one in BANK_RULES if one.id == rule for measure in one.measure(bank)]
    assert measures
    return {measure.name for measure in measures if measure.complaint} - {"vote"}


@pytest.mark.parametrize(
    ("rule", "record"), BANKS, ids=[f"{rule}: {bank['because']}" for rule, bank in BANKS]
)
def test_it_complains_as_the_bank_says(
    rule: str, record: dict[str, Any], make_item: Any, context: LintContext
) -> None:
    assert _complaints(rule, record, make_item, context) >= set(record["complains"])
    if rule != "L33" or not record["complains"]:  # a bank that one strategy reads, others may read as well
        assert _complaints(rule, record, make_item, context) == set(record["complains"])


@pytest.mark.parametrize("rule", sorted({rule.id for rule in BANK_RULES}))
def test_every_rule_has_a_bank_that_fails_and_one_that_passes(rule: str) -> None:
    assert {bool(bank["complains"]) for name, bank in BANKS if name == rule} == {True, False}


def test_banks_name_known_rules_only() -> None:
    assert {rule for rule, _ in BANKS} == {rule.id for rule in BANK_RULES}


def test_the_vote_of_all_strategies_is_bounded(make_item: Any, context: LintContext) -> None:
    telling = [
        make_item(uid=f"i-{n}", options=["Perhaps a reason in water", "A shell", "A cloth", "A river"])
        for n in range(4)
    ]

    assert any(error.startswith("L33 vote") for error in check_bank(telling, context.base, {}).errors)


def test_no_measure_has_two_figures_of_one_name(build: Build) -> None:
    names = [measure.id for measure in check_bank(build.items, build.base).measures]

    assert len(names) == len(set(names))


def test_an_empty_bank_is_measured_as_well(context: LintContext) -> None:
    assert any(error.startswith("G3 items") for error in check_bank((), context.base, {}).errors)


def test_the_bank_that_ships_is_within_all_bounds(build: Build) -> None:
    assert check_bank(build.items, build.base).errors == ()


def test_the_page_about_the_bank_tells_the_share_that_the_rule_bounds(build: Build) -> None:
    told = {measure.id: measure.told for measure in check_bank(build.items, build.base).measures}

    assert told["G7 sources"].startswith(f"{measure_figures(build.items, build.base).sourced:.1%} ")


def test_a_goal_that_is_met_is_taken_off_the_list(build: Build) -> None:
    missed = {measure.id for measure in check_bank(build.items, build.base).measures if measure.complaint}

    assert set(GOALS_NOT_YET_MET) <= missed


@pytest.mark.parametrize(
    ("measure", "line", "fails"),
    [
        (Measure("items", "9 items", rule="G3"), "G3 items: 9 items", False),
        (Measure("items", "9 items", "few", rule="G3"), "G3 items: 9 items — error: few", True),
        (Measure("facts", "2 facts", "bare", "W", rule="L37"), "L37 facts: 2 facts — warning: bare", False),
    ],
)
def test_a_figure_reads_as_one_line(measure: Measure, line: str, fails: bool) -> None:
    report = Report((measure,))

    assert report.lines == (line,)
    assert bool(report.errors) is fails


def test_a_goal_not_yet_met_is_told_and_is_no_error() -> None:
    for goal in GOALS_NOT_YET_MET:
        rule, _, name = goal.partition(" ")
        report = Report((Measure(name, "5 %", "less than 10 %", rule=rule),))

        assert report.lines == (f"{goal}: 5 % — goal missed: less than 10 %",)
        assert report.errors == ()
