"""Waivers: a warning of the linter ships only where somebody has said why it may (content standard 1.5).

They stand in ``question_bank/curated/*.toml`` as ``[[waiver]]``. An error has none: the item changes, or the rule does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import Field

from question_bank.errors import Fault
from question_bank.facts import Record
from question_bank.lint import Finding


class Waiver(Record):
    """``rule`` may warn of ``uid``, an item (or, for a rule of the whole bank, a fact), and why."""

    uid: str
    rule: str = Field(pattern=r"^L\d\d$")
    reason: str = Field(min_length=24)
    by: str = Field(min_length=2)
    date: dt.date
    line: int = 0


Waivers = Mapping[tuple[str, str], Waiver]  # by uid and rule
Placed = tuple[Waiver, Path]


def by_flag(waivers: Iterable[Waiver]) -> Waivers:
    """The waivers by what they waive."""
    return {(waiver.uid, waiver.rule): waiver for waiver in waivers}


def unwaived(uid: str, findings: Iterable[Finding], waivers: Waivers) -> tuple[Finding, ...]:
    """The warnings that nobody has waived; errors are another matter."""
    return tuple(
        finding for finding in findings if finding.severity == "W" and (uid, finding.rule) not in waivers
    )


def twice_waived(placed: Iterable[Placed]) -> Iterator[Fault]:
    """A fault for every waiver that another one makes needless."""
    seen: dict[tuple[str, str], Path] = {}
    for waiver, path in placed:
        flag = (waiver.uid, waiver.rule)
        if flag in seen:
            told = f"{waiver.rule} of {waiver.uid} is waived a second time; first in {seen[flag].name}"
            yield Fault(path, waiver.line, told)
        seen.setdefault(flag, path)


def needless(
    placed: Iterable[Placed], warned: Mapping[str, frozenset[str]], facts: Container[str]
) -> Iterator[Fault]:
    """A note for every waiver of a warning that is not given; ``warned`` has the rules that warn of an item."""
    for waiver, path in placed:
        if waiver.uid not in facts and waiver.rule not in warned.get(waiver.uid, ()):
            told = f"{waiver.rule} does not warn of {waiver.uid}; the waiver can go"
            yield Fault(path, waiver.line, told)
