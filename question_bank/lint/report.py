"""What a rule is, what it sees, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from question_bank.fact_base import FactBase
from question_bank.facts import EntityRecord, Fact
from question_bank.items import Item, Option
from question_bank.lint.fingerprints import Fingerprints, shipped
from question_bank.mentions import NameIndex

Severity = Literal["E", "W"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule's check found, before it carries the rule's id: an error (E) or a warning (W), where and why."""

    severity: Severity
    where: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One flaw of one item; an E blocks the item, a W needs a waiver with a reason."""

    rule: str
    severity: Severity
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule} {self.severity} {self.where}: {self.message}"


@dataclass(frozen=True)
class LintContext:
    """What rules compare an item with: the fact base, the other items, and the fingerprints of the originals."""

    base: FactBase
    bank: tuple[Item, ...] = ()
    fingerprints: Fingerprints = field(default_factory=shipped)

    @cached_property
    def names(self) -> NameIndex:
        """Where the names of the vocabulary stand in a text."""
        return NameIndex.of(self.base.vocabulary)

    @cached_property
    def speakers(self) -> dict[str, EntityRecord]:
        """Everybody who may be an item's speaker, by the name that items have it under."""
        return {entity.label: entity for entity in self.base.vocabulary.entity}

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """How stems and explanations name the documents, one or both, longest first."""
        found = {name for document in self.base.documents for name in (document.frame, document.name)}
        found |= {"2018 articles", "2018 article"}
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def written(self) -> int:
        """The year in which the latest document was written; nothing later can be in them as past."""
        return max(int(document.as_of[:4]) for document in self.base.documents)

    def facts_of(self, item: Item) -> tuple[Fact, ...]:
        """The facts that an item is about, those that the base knows."""
        return tuple(self.base.facts[name] for name in item.facts if name in self.base.facts)


Check = Callable[[Item, LintContext], Iterable[Flaw]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the content standard; ``severity`` is its worst, ``source`` where it comes from."""

    id: str
    severity: Severity
    title: str
    source: str
    check: Check


def error(where: str, message: str) -> Flaw:
    """A flaw that blocks the item."""
    return Flaw("E", where, message)


def warning(where: str, message: str) -> Flaw:
    """A flaw that needs a waiver."""
    return Flaw("W", where, message)


def place(item: Item, option: Option) -> str:
    """How a finding names an option: "option 2"."""
    return f"option {item.options.index(option) + 1}"


def texts(item: Item) -> dict[str, str]:
    """Every text that a learner reads, by the name that findings give its place."""
    named = {
        "stem": item.stem,
        "explanation": item.explanation,
        "since_then": item.since_then.text if item.since_then else "",
    }
    for n, option in enumerate(item.options, start=1):
        named |= {f"option {n}": option.text, f"rationale {n}": option.rationale}
    return {where: text for where, text in named.items() if text}


def without_options(text: str, item: Item) -> str:
    """The text without the wrong options that it quotes in order to refute them."""
    for option in item.distractors:
        text = text.replace(f"“{option.text}”", " … ")
    return text
