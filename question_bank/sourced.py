"""How many wrong options come from the sources: what rule G7 bounds, and what the page about the bank tells."""

from __future__ import annotations

from collections.abc import Iterable

from question_bank.items import Item, Option

# Wrong options that neither the sources nor a named misreading give, though the sources refute them.
UNSOURCED = frozenset({"numeric_error", "contradicted", "not_stated"})


def sourced_share(items: Iterable[Item]) -> float:
    """The share of all wrong options that the sources or a named misreading give, from 0 to 1."""
    wrong = [option for item in items for option in item.distractors]
    return sum(is_sourced(option) for option in wrong) / max(1, len(wrong))


def is_sourced(option: Option) -> bool:
    """A mistake that the vocabulary names is a named misreading, though this fact was not misread so."""
    return option.reason not in UNSOURCED or option.claim.kind == "error"
