"""M-STATEMENT: what a named person or group said; the wrong options are what others said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import locators, speaker_label
from question_bank.item_models.phrases import PhraseModel, generate_phrases, words_of
from question_bank.items import Item


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every statement."""
    return generate_phrases(_MODEL, base)


def _rationale(other: Fact, fact: Fact, base: FactBase) -> str:
    del fact
    return f"That is from {speaker_label(other, base) or base.entities[other.subject].label} ({locators([other])})."


_MODEL = PhraseModel(
    model="statement",
    bloom="understand",
    type="proposition",
    reason="speaker_swap",
    sibling_words=partial(words_of, type_="proposition"),
    rationale=_rationale,
)
