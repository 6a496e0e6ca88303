"""M-REASON: the reason that a source gives for something."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import locators
from question_bank.item_models.phrases import PhraseModel, generate_phrases, noun_phrase
from question_bank.items import Item


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every reason that a source gives."""
    return generate_phrases(_MODEL, base)


def _rationale(other: Fact, fact: Fact, base: FactBase) -> str:
    del fact, base
    return f"That is {other.label} ({locators([other])}); the source does not give it as the reason here."


_MODEL = PhraseModel(
    model="reason",
    bloom="understand",
    type="reason",
    reason="other_referent",
    sibling_words=noun_phrase,
    rationale=_rationale,
)
