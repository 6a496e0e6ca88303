"""Items: one multiple-choice question with its key, its distractors, and what proves each of them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from question_bank.claims import AnyClaim
from question_bank.facts import Quotation, SinceThen

Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate"]
Origin = Literal["generated", "curated", "teacher"]
State = Literal["draft", "in_review", "approved", "retired"]
Design = Literal["", "balanced2x2", "permutation"]

# Why an option is wrong (rule L25); the key's own reason is KEY.
Reason = Literal[
    "key",
    "other_referent",
    "sibling",
    "misconception",
    "numeric_error",
    "part_whole",
    "base_swap",
    "scope",
    "speaker_swap",
    "camp_swap",
    "actor_swap",
    "modality",
    "order",
    "contradicted",
    "not_stated",
]
KEY: Reason = "key"
REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its words, whether it is the key, why it is right or wrong, and what shows it."""

    text: str
    correct: bool
    rationale: str
    reason: Reason
    evidence: tuple[Quotation, ...]
    claim: AnyClaim


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the bank.

    ``uid`` is a URL-safe slug that stays the same from build to build. ``options`` stand in authored
    order; where ``ordered`` is true (numbers, dates, names) they are shown so, otherwise shuffled for each attempt.
    ``enemies`` are the uids of items that may not share a quiz with this one. ``difficulty`` is a prior in logits.
    """

    uid: str
    origin: Origin
    topic: str
    model: str
    family: str
    stem: str
    options: tuple[Option, ...]
    explanation: str
    evidence: tuple[Quotation, ...]
    facts: tuple[str, ...]
    bloom: Bloom
    stance: str
    speaker: str | None
    ordered: bool
    difficulty: float
    design: Design = ""
    state: State = "approved"
    camp: str | None = None
    since_then: SinceThen | None = None
    enemies: tuple[str, ...] = ()

    @property
    def key(self) -> Option:
        """The correct option."""
        return next(option for option in self.options if option.correct)

    @property
    def distractors(self) -> tuple[Option, ...]:
        """The incorrect options, in authored order."""
        return tuple(option for option in self.options if not option.correct)

    @property
    def documents(self) -> frozenset[str]:
        """The documents that the item's evidence stands in."""
        return frozenset(quotation.document for quotation in self.evidence)


def to_record(item: Item, *, version: int = 1) -> dict[str, Any]:
    """The item in the shape of the JSON export, which scripts outside the project rely on."""
    return {
        "uid": item.uid,
        "version": version,
        "origin": item.origin,
        "state": item.state,
        "topic": item.topic,
        "model": item.model,
        "family": item.family,
        "stem": item.stem,
        "options": [
            {
                "text": option.text,
                "correct": option.correct,
                "rationale": option.rationale,
                "reason": option.reason,
                "evidence": [quotation.model_dump() for quotation in option.evidence],
            }
            for option in item.options
        ],
        "explanation": item.explanation,
        "evidence": [quotation.model_dump() for quotation in item.evidence],
        "facts": list(item.facts),
        "bloom": item.bloom,
        "stance": item.stance,
        "speaker": item.speaker,
        "ordered": item.ordered,
        "difficulty": item.difficulty,
    }


def fingerprint(item: Item) -> str:
    """SHA-256 over everything a learner or an assembly can notice; equal for equal content."""
    content = to_record(item) | {
        "camp": item.camp,
        "since_then": item.since_then.model_dump(mode="json", exclude_defaults=True)
        if item.since_then
        else None,
        "enemies": list(item.enemies),
        "design": item.design,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def replace(item: Item, **changes: Any) -> Item:  # noqa: ANN401 - each field has its own type
    """A copy with some fields changed."""
    return dataclasses.replace(item, **changes)
