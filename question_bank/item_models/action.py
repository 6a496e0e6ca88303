"""M-ACTION: what somebody did; the wrong options are what others did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import locators
from question_bank.item_models.phrases import PhraseModel, generate_phrases, words_of
from question_bank.items import Item


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every action."""
    return generate_phrases(_MODEL, base)


def _rationale(other: Fact, fact: Fact, base: FactBase) -> str:
    del fact, base
    return f"{other.statement.removesuffix('.')} ({locators([other])})."


_MODEL = PhraseModel(
    model="action",
    bloom="remember",
    type="action",
    reason="actor_swap",
    sibling_words=partial(words_of, type_="action"),
    rationale=_rationale,
)
