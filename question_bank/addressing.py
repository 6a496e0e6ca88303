"""Does an explanation speak of a wrong option? A learner who was tempted by it should find out why it does not hold."""

from __future__ import annotations

from question_bank.quantities import numbers
from question_bank.text import content_words, fold, norm

PREFIX = 6  # letters by which "invested" and "investment" are one word
FEW = 3  # an option with no more words of its own than this is known by one of them, any other by two


def can_be_told(option: str, key: str, stem: str) -> bool:
    """Whether an option has words or figures of its own; the other half or the other order of the key has none."""
    return bool(_own_words(option, key, stem) or _own_figures(option, key, stem))


def addresses(explanation: str, option: str, key: str, stem: str) -> bool:
    """Whether the explanation takes the option up: in full, by its number, or by words that only this option has."""
    if fold(norm(option)) in fold(norm(explanation)):
        return True
    if _own_figures(option, key, stem) & numbers(explanation):
        return True
    own = _own_words(option, key, stem)
    return bool(own) and len(own & _cut(explanation)) >= (1 if len(own) <= FEW else 2)


def _own_words(option: str, key: str, stem: str) -> frozenset[str]:
    return _cut(option) - _cut(key) - _cut(stem)


def _own_figures(option: str, key: str, stem: str) -> frozenset[float]:
    return numbers(option) - numbers(key) - numbers(stem)


def _cut(text: str) -> frozenset[str]:
    return frozenset(word[:PREFIX] for word in content_words(text))
