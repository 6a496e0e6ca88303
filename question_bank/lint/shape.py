"""Is it an item at all? The parts that every item must have, and that no other item is the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from question_bank.facts import Stance
from question_bank.items import Bloom, Item
from question_bank.lint.report import Flaw, LintContext, error
from question_bank.text import content_words, fold, jaccard, norm

OPTIONS = 4
_UID = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")


def check_parts(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L01: four distinct options, one key, and every part that a learner or an assembly needs."""
    yield from _options(item)
    for name in ("stem", "explanation", "model", "family", "uid"):
        if not norm(getattr(item, name)):
            yield error(name, "is missing")
    for n, option in enumerate(item.options, start=1):
        if not norm(option.rationale):
            yield error(f"rationale {n}", "is missing")
    if item.uid and not _UID.fullmatch(item.uid):
        yield error("uid", f"{item.uid} is no slug")
    if not item.evidence:
        yield error("evidence", "nothing of the sources is quoted")
    yield from _labels(item, context)


def check_unique(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L03: no item outside its family asks the same of the same facts by the same model."""
    asked = content_words(item.stem)
    for other in context.bank:
        if other.uid == item.uid or other.family == item.family or other.model != item.model:
            continue
        if set(other.facts) == set(item.facts) and jaccard(asked, content_words(other.stem)) >= 0.80:
            yield error("stem", f"asks what {other.uid} asks")


def _options(item: Item) -> Iterator[Flaw]:
    if len(item.options) != OPTIONS:
        yield error("options", f"{len(item.options)} of them, not {OPTIONS}")
    keys = sum(option.correct for option in item.options)
    if keys != 1:
        yield error("options", f"{keys} of them are marked correct, not one")
    for text, times in Counter(fold(norm(option.text)) for option in item.options).items():
        if not text:
            yield error("options", "one has no text")
        elif times > 1:
            yield error("options", f"“{text}” stands there {times} times")


def _labels(item: Item, context: LintContext) -> Iterator[Flaw]:
    if item.topic not in {topic.id for topic in context.base.topics}:
        yield error("topic", f"{item.topic or 'none'} is not a topic")
    if item.bloom not in get_args(Bloom):
        yield error("bloom", f"{item.bloom or 'none'} is not a level")
    if item.stance not in get_args(Stance):
        yield error("stance", f"{item.stance or 'none'} is not a stance")
    if not item.facts:
        yield error("facts", "none is named")
    for n, name in enumerate(item.facts):
        fact = context.base.facts.get(name)
        if fact is None:
            yield error("facts", f"{name} is no fact")
        elif fact.use == "never" or (n == 0 and fact.use == "context"):
            yield error("facts", f"{name} is not to be asked for: {fact.why_not}")
