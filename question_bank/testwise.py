"""Test-wiseness: how far somebody gets who knows how questions are made and nothing else (rule L33).

Each strategy names the options that it would pick; where it names several, one of them is picked by chance.
Strategies and limits: content standard L33; a bank that passes gives such a student no more than chance.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from question_bank.items import Item
from question_bank.text import content_words, fold, option_length, words

CHANCE = 0.25
VOTE_LIMIT = 0.35
_TIE = 0.05  # lengths this close look alike

_HEDGES = frozenset(
    [
        "about",
        "possible",
        "possibly",
        "may",
        "might",
        "could",
        "some",
        "part",
        "partly",
        "largely",
        "mostly",
        "likely",
        "perhaps",
        "nearly",
        "up",
        "least",
    ]
)
_ABSOLUTES = frozenset(
    [
        "always",
        "never",
        "all",
        "none",
        "every",
        "only",
        "completely",
        "entirely",
        "totally",
        "absolutely",
        "must",
        "impossible",
        "inevitable",
    ]
)

Picks = Sequence[int]
Strategy = Callable[[Item, Counter[str]], Picks]


def limit(count: int) -> float:
    """The most that a strategy may reach over ``count`` items: chance and 1.645 standard errors."""
    return CHANCE + 1.645 * math.sqrt(CHANCE * (1 - CHANCE) / count)


def accuracies(items: Sequence[Item]) -> dict[str, float]:
    """The expected share of right answers of each strategy and of their vote."""
    familiar = _key_words(items)
    found = {
        name: sum(_expected(item, strategy(item, familiar)) for item in items) / len(items)
        for name, strategy in STRATEGIES.items()
    }
    found["vote"] = sum(_expected(item, _vote(item, familiar)) for item in items) / len(items)
    return found


def longest(item: Item, familiar: Counter[str]) -> Picks:
    """The longest option, those within 5 % of it too."""
    del familiar
    lengths = [option_length(option.text) for option in item.options]
    return [i for i, length in enumerate(lengths) if length >= max(lengths) * (1 - _TIE)]


def shortest(item: Item, familiar: Counter[str]) -> Picks:
    """The shortest option, those within 5 % of it too."""
    del familiar
    lengths = [option_length(option.text) for option in item.options]
    return [i for i, length in enumerate(lengths) if length <= min(lengths) * (1 + _TIE)]


def like_the_stem(item: Item, familiar: Counter[str]) -> Picks:
    """The option that shares most words with the stem."""
    del familiar
    asked = content_words(item.stem)
    return _most([len(asked & content_words(option.text)) for option in item.options])


def like_the_others(item: Item, familiar: Counter[str]) -> Picks:
    """The option whose words stand in most other options."""
    del familiar
    told = [content_words(option.text) for option in item.options]
    return _most([sum(len(own & other) for other in told if other is not own) for own in told])


def middle(item: Item, familiar: Counter[str]) -> Picks:
    """One of the two middle options where options are ordered; any otherwise."""
    del familiar
    everywhere = range(len(item.options))
    return list(everywhere)[1:-1] if item.ordered else list(everywhere)


def hedged(item: Item, familiar: Counter[str]) -> Picks:
    """The option with most words that leave room."""
    del familiar
    return _most([_count(option.text, _HEDGES) for option in item.options])


def unqualified(item: Item, familiar: Counter[str]) -> Picks:
    """An option without a word that allows no exception."""
    del familiar
    return _most([-_count(option.text, _ABSOLUTES) for option in item.options])


def familiar_answer(item: Item, familiar: Counter[str]) -> Picks:
    """The option whose words are answers most often elsewhere in the bank."""
    own = content_words(item.key.text)
    scores = []
    for option in item.options:
        told = content_words(option.text)
        scores.append(sum(familiar[word] - (word in own) for word in told) / max(1, len(told)))
    return _most(scores)


STRATEGIES: Mapping[str, Strategy] = {
    "longest": longest,
    "shortest": shortest,
    "most like the stem": like_the_stem,
    "most like the others": like_the_others,
    "middle": middle,
    "most hedged": hedged,
    "no absolute word": unqualified,
    "familiar answer": familiar_answer,
}


def _vote(item: Item, familiar: Counter[str]) -> Picks:
    votes = [0.0] * len(item.options)
    for strategy in STRATEGIES.values():
        picks = strategy(item, familiar)
        for i in picks:
            votes[i] += 1 / len(picks)
    return _most([round(vote, 9) for vote in votes])


def _most(scores: Sequence[float]) -> Picks:
    return [i for i, score in enumerate(scores) if score == max(scores)]


def _expected(item: Item, picks: Picks) -> float:
    return sum(item.options[i].correct for i in picks) / len(picks)


def _count(text: str, lexicon: frozenset[str]) -> int:
    return sum(word in lexicon for word in words(re.sub(r"[“”]", " ", fold(text))))


def _key_words(items: Sequence[Item]) -> Counter[str]:
    return Counter(word for item in items for word in content_words(item.key.text))
