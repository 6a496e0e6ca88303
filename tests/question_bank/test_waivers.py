"""A warning ships only with a waiver that says why; errors have none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from question_bank.build import Build, build_bank
from question_bank.curation import load_curation
from question_bank.errors import Fault, SeedFaultsError
from question_bank.fact_base import FactBase
from question_bank.lint import Finding, LintContext, lint_item
from question_bank.loader import SEEDS_DIR
from question_bank.waivers import Waiver, Waivers, by_flag, needless, twice_waived, unwaived

Edit = Callable[[str, str, str], int]
HERE = Path("waivers.toml")
WARNING = Finding("L18", "W", "option 1", "the options lean to the key")
ERROR = Finding("L18", "E", "option 1", "the options converge on the key")


def waiver(uid: str = "level-1", rule: str = "L18", line: int = 1) -> Waiver:
    return Waiver(
        uid=uid,
        rule=rule,
        reason="The options are steps of one scale.",
        by="curator",
        date=dt.date(2026, 11, 22),
        line=line,
    )


@pytest.fixture
def waivers() -> Waivers:
    return by_flag([waiver()])


def test_a_warning_without_a_waiver_stays_open(waivers: Waivers) -> None:
    assert unwaived("level-2", [WARNING], waivers) == (WARNING,)


def test_a_waived_warning_is_settled(waivers: Waivers) -> None:
    assert unwaived("level-1", [WARNING], waivers) == ()


def test_a_waiver_is_for_its_rule_only(waivers: Waivers) -> None:
    other = Finding("L16", "W", "options", "are built differently")

    assert unwaived("level-1", [WARNING, other], waivers) == (other,)


def test_an_error_is_no_warning_that_could_be_waived(waivers: Waivers) -> None:
    assert unwaived("level-1", [ERROR], waivers) == ()


def test_what_is_waived_twice_is_a_fault_where_it_stands_again() -> None:
    (fault,) = twice_waived([(waiver(), HERE), (waiver(line=9), HERE), (waiver(rule="L16"), HERE)])

    assert (fault.path, fault.line) == (HERE, 9)


@pytest.mark.parametrize(
    ("uid", "rule", "notes"),
    [("level-1", "L18", 0), ("level-1", "L16", 1), ("level-9", "L18", 1), ("NC-A38", "L31", 0)],
)
def test_a_waiver_of_nothing_is_noted(uid: str, rule: str, notes: int) -> None:
    found = needless([(waiver(uid, rule), HERE)], {"level-1": frozenset({"L18"})}, {"NC-A38"})

    assert len(tuple(found)) == notes


def test_what_is_wrong_with_the_waivers_in_the_files_is_found(curated: Path, base: FactBase) -> None:
    entry = '\n[[waiver]]\nuid = "{}"\nrule = "{}"\nreason = "{}"\nby = "curator"\ndate = 2026-11-22\n'
    good, short = "A reason of some length stands here.", "short"
    (curated / "extra.toml").write_text(entry.format("x-1", "L18", good) + entry.format("x-1", "L18", good))
    (curated / "short.toml").write_text(entry.format("x-2", "L18", short))
    faults: list[Fault] = []

    load_curation(curated, base, faults)

    assert [(fault.path.name, fault.line) for fault in faults] == [("short.toml", 5), ("extra.toml", 9)]


def test_a_hand_written_item_with_a_warning_is_a_fault_with_its_place(curated: Path, edit: Edit) -> None:
    edit(
        "worked.toml",
        "What turnout did the",
        "Just as a matter of fact, what turnout did the many voters of the",
    )

    with pytest.raises(SeedFaultsError) as caught:
        build_bank(SEEDS_DIR, curated)

    assert any("w01-1: L13" in fault.message and "waiver" in fault.message for fault in caught.value.faults)


def test_no_item_of_the_bank_has_a_warning_that_nobody_has_waived(build: Build) -> None:
    context, waivers = LintContext(build.base, build.items), by_flag(build.waivers)

    assert [item.uid for item in build.items if unwaived(item.uid, lint_item(item, context), waivers)] == []


def test_candidates_with_an_open_warning_are_rejected_by_that_rule(build: Build) -> None:
    warned = [
        one
        for one in build.rejections
        if any(reason.startswith("L18: the options lean") for reason in one.reasons)
    ]

    assert warned


def test_no_waiver_that_ships_is_needless(build: Build) -> None:
    assert [note for note in build.notes if "the waiver can go" in note.message] == []
