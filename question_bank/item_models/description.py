"""M-DESCRIPTION: what happened, or how a source describes somebody or something."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.item_models.phrases import PhraseModel, belongs_to, generate_phrases, noun_phrase
from question_bank.items import Item


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every description."""
    return generate_phrases(_MODEL, base)


_MODEL = PhraseModel(
    model="description",
    bloom="remember",
    type="description",
    reason="other_referent",
    sibling_words=noun_phrase,
    rationale=belongs_to,
)
