"""Which candidates become the bank: a score for each, then every fact once before any fact twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.text import content_words, jaccard, words

MOST_PER_FACT = 3  # rule L31
ALIKE = 0.8  # rule L03: shared content words of stem and key
MOST_CALCULATED = 4  # a figure may be worked with once more: to use it is another thing than to know it
# These models go over facts a second time, so that their items take the room that the others leave.
SECOND_LOOK = frozenset(
    {
        *("product", "ratio", "compare", "case", "calendar", "chart"),
        *("base", "reconcile", "qualify", "contrast", "support", "gap"),
    }
)
# Models that combine facts could fill the bank by themselves; no more than this many of their items a topic,
# those written by hand included.
MOST_PER_MODEL: Mapping[str, int] = {
    "order": 2,
    "pairing": 2,
    "span": 3,
    "stance": 6,
    "error": 8,
    "cross": 3,
    "base": 2,
    "reconcile": 2,
    "qualify": 2,
    "contrast": 4,
    "support": 5,
    "gap": 3,
}

_BLOOM_GAIN = {"remember": 0.2, "understand": 0.5, "apply": 0.7, "analyse": 1.0, "evaluate": 1.0}
_FROM_SOURCES = frozenset({"numeric_error", "not_stated"})
_COMFORTABLE = 24  # words in a stem


def score(item: Item, base: FactBase) -> float:
    """How good a candidate is, from 0 to 1 (content standard 2.5, with what can be known before it is used).

    Support of the key 0.25, share of wrong options that the sources or a misconception give 0.25, Bloom level 0.15,
    a stem short enough to hold in mind 0.10; novelty and quota come in while choosing.
    """
    support = min(_support(base.facts[name].inference) for name in item.facts)
    sourced = sum(option.reason not in _FROM_SOURCES for option in item.distractors) / len(item.distractors)
    clarity = min(1.0, _COMFORTABLE / len(words(item.stem)))
    return 0.25 * support + 0.25 * sourced + 0.15 * _BLOOM_GAIN[item.bloom] + 0.10 * clarity


def select(
    candidates: Iterable[Item], fixed: Iterable[Item], base: FactBase
) -> Iterator[tuple[Item, str | None]]:
    """Each candidate with None where it is taken, or with the reason why it is not; ``fixed`` items are in already."""
    load: Counter[str] = Counter(fact for item in fixed for fact in item.facts)
    models: Counter[tuple[str, str]] = Counter((item.model, item.topic) for item in fixed)
    stems = [content_words(item.stem) | content_words(item.key.text) for item in fixed]
    waiting = sorted(candidates, key=lambda item: (item.model in SECOND_LOOK, -score(item, base), item.uid))
    for only_new in (True, False):
        left = []
        for item in waiting:
            if only_new and (item.model in SECOND_LOOK or all(load[fact] for fact in item.facts)):
                left.append(item)
                continue
            reason = _refusal(item, load, models, stems)
            if reason is None:
                load.update(item.facts)
                models[item.model, item.topic] += 1
                stems.append(content_words(item.stem) | content_words(item.key.text))
            yield item, reason
        waiting = left


def _refusal(
    item: Item, load: Counter[str], models: Counter[tuple[str, str]], stems: list[frozenset[str]]
) -> str | None:
    own = content_words(item.stem) | content_words(item.key.text)
    most = MOST_CALCULATED if item.model in SECOND_LOOK and item.bloom == "apply" else MOST_PER_FACT
    if any(load[fact] >= most for fact in item.facts):
        return f"L31: a fact of it stands in {most} items already"
    if models[item.model, item.topic] >= MOST_PER_MODEL.get(item.model, len(stems) + 1):
        return f"the topic has enough items of the model {item.model}"
    if any(jaccard(own, other) >= ALIKE for other in stems):
        return "L03: asks what another item asks"
    return None


def _support(inference: str) -> float:
    return {"none": 1.0, "one_step": 0.8, "cross_document": 0.5}[inference]
