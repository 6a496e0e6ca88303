"""The bank in figures, for everybody to see: what it holds, what it covers, and that it cannot be guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from question_bank import testwise
from question_bank.bank_rules.guessing import deliver
from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.sourced import sourced_share

DELIVERIES = 10_000


@dataclass(frozen=True, slots=True)
class ParagraphFigures:
    """How much stands on one paragraph."""

    document: str
    paragraph: int
    facts: int
    items: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and shares (from 0 to 1) of a bank; ``strategies`` are expected shares of right answers."""

    items: int
    facts: int
    item_grade_facts: int
    covered_facts: int
    topics: dict[str, int]
    models: dict[str, int]
    levels: dict[str, int]
    stances: dict[str, int]
    origins: dict[str, int]
    sourced: float
    positions: tuple[float, ...]
    strategies: dict[str, float]
    strategy_limit: float
    paragraphs: tuple[ParagraphFigures, ...]

    def to_record(self) -> dict[str, Any]:
        """The figures as plain values for storing."""
        return asdict(self)


def measure(items: Sequence[Item], base: FactBase) -> Figures:
    """All figures of a bank."""
    asked = {fact for item in items for fact in item.facts}
    return Figures(
        items=len(items),
        facts=len(base.facts),
        item_grade_facts=len(base.item_grade),
        covered_facts=sum(fact.id in asked for fact in base.item_grade),
        topics=_counted((item.topic for item in items), [topic.id for topic in base.topics]),
        models=_counted(item.model for item in items),
        levels=_counted((item.bloom for item in items), LEVELS),
        stances=_counted(item.stance for item in items),
        origins=_counted(option.reason for item in items for option in item.distractors),
        sourced=sourced_share(items),
        positions=key_positions(items),
        strategies=testwise.accuracies(items) if items else {},
        strategy_limit=testwise.limit(len(items)) if items else testwise.CHANCE,
        paragraphs=_paragraphs(items, base),
    )


LEVELS = ("remember", "understand", "apply", "analyse", "evaluate")


def key_positions(items: Sequence[Item]) -> tuple[float, ...]:
    """How often the key of a shuffled item stands at each place, over seeded deliveries (rule L32)."""
    places = deliver(items, DELIVERIES)
    shown = Counter(places)
    return tuple(shown[place] / len(places) for place in sorted(shown))


def _counted(names: Iterable[str], order: Sequence[str] = ()) -> dict[str, int]:
    """How often each name occurs: in the given order, else most frequent first."""
    counts = Counter(names)
    ranked = [*order, *sorted(set(counts) - set(order), key=lambda name: (-counts[name], name))]
    return {name: counts[name] for name in ranked}


def _paragraphs(items: Sequence[Item], base: FactBase) -> tuple[ParagraphFigures, ...]:
    stated = Counter((fact.document, fact.paragraph) for fact in base.facts.values())
    proved: Counter[tuple[str, int]] = Counter()
    for item in items:
        proved.update({(quotation.document, quotation.paragraph) for quotation in item.evidence})
    return tuple(
        ParagraphFigures(
            document.id, passage.n, stated[document.id, passage.n], proved[document.id, passage.n]
        )
        for document in base.documents
        for passage in document.passage
    )
