"""M-PROVISION: what an agreement contains."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import locators
from question_bank.item_models.phrases import PhraseModel, generate_phrases, noun_phrase
from question_bank.items import Item


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every provision of an agreement."""
    return generate_phrases(_MODEL, base)


def _rationale(other: Fact, fact: Fact, base: FactBase) -> str:
    agreement = base.entities[fact.subject]
    name = agreement.short or agreement.label
    return f"That is {other.label} ({locators([other])}); it is not a part of {name}."


_MODEL = PhraseModel(
    model="provision",
    bloom="understand",
    type="provision",
    reason="other_referent",
    sibling_words=noun_phrase,
    rationale=_rationale,
)
