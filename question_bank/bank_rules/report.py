"""What a rule of the whole bank is, what it sees, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.lint import Finding, LintContext, lint_item
from question_bank.waivers import Waivers

Severity = Literal["E", "W"]

# Goals of the content standard (its section 6) that the bank has yet to meet: a miss is told and is no error.
# A test fails as soon as one of them is met, so that it is taken out.
GOALS_NOT_YET_MET: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the bank: what was measured, and a complaint (E, or W for a warning) where it is out of bounds."""

    name: str
    told: str
    complaint: str | None = None
    severity: Severity = "E"
    rule: str = ""

    @property
    def id(self) -> str:
        """The rule and the figure's own name: "G10 apply"."""
        return f"{self.rule} {self.name}"

    @property
    def is_error(self) -> bool:
        """Whether the bank may not be like this."""
        return bool(self.complaint) and self.severity == "E" and self.id not in GOALS_NOT_YET_MET

    def __str__(self) -> str:
        if not self.complaint:
            return f"{self.id}: {self.told}"
        kind = (
            "goal missed" if self.id in GOALS_NOT_YET_MET else "warning" if self.severity == "W" else "error"
        )
        return f"{self.id}: {self.told} — {kind}: {self.complaint}"


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a bank."""

    measures: tuple[Measure, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Every figure, one a line."""
        return tuple(str(measure) for measure in self.measures)

    @property
    def errors(self) -> tuple[str, ...]:
        """What is out of bounds."""
        return tuple(f"{measure.id}: {measure.complaint}" for measure in self.measures if measure.is_error)


@dataclass(frozen=True)
class Bank:
    """The items, the facts that they are about, and the warnings that somebody has waived."""

    items: Sequence[Item]
    base: FactBase
    waivers: Waivers = field(default_factory=dict)

    @cached_property
    def context(self) -> LintContext:
        """What the linter compares the items with."""
        return LintContext(self.base, tuple(self.items))

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What the linter says of each item."""
        return {item.uid: lint_item(item, self.context) for item in self.items}

    def share(self, items: Iterable[object]) -> float:
        """How many of all items these are, from 0 to 1."""
        return sum(1 for _ in items) / max(1, len(self.items))


@dataclass(frozen=True, slots=True)
class BankRule:
    """A rule of the content standard about all items together."""

    id: str
    severity: Severity
    title: str
    source: str
    measure: Callable[[Bank], Iterable[Measure]]


def bounded(name: str, told: str, share: float, *, low: float = 0.0, high: float = 1.0) -> Measure:
    """A share and its bounds; the complaint says which one was crossed."""
    rounded = round(share, 9)  # 0.1 + 0.2 is 0.3
    if rounded < low:
        return Measure(name, f"{share:.1%} {told}", f"less than {low:.0%}")
    if rounded > high:
        return Measure(name, f"{share:.1%} {told}", f"more than {high:.1%}")
    return Measure(name, f"{share:.1%} {told}")
