"""Which items may not share a quiz because one gives the other away (rule L34)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from question_bank.items import Item, replace
from question_bank.text import content_words

SHARE = 0.6  # of the key's content words
SHARED_STEMS = 2
COMMON = 3  # a number that more items than this print gives nothing away

_NUMBER = re.compile(r"[€$]?\d[\d,.]*\d%?|[€$]?\d%?")


def with_enemies(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items, each with the uids of those that may not stand in one quiz with it, both ways."""
    kept = tuple(items)
    rare = _rare_numbers(kept)
    pairs: dict[str, set[str]] = {item.uid: set() for item in kept}
    stems = {item.uid: _Words(item) for item in kept}
    for item in kept:
        for other in kept:
            if item.uid != other.uid and (
                item.family == other.family
                or set(item.facts) & set(other.facts)
                or _tells(stems[item.uid], stems[other.uid])
                or _prints(item, other, rare)
            ):
                pairs[item.uid].add(other.uid)
                pairs[other.uid].add(item.uid)
    return tuple(replace(item, enemies=tuple(sorted(pairs[item.uid]))) for item in kept)


class _Words:
    """The content stems of an item, worked out once."""

    def __init__(self, item: Item) -> None:
        self.stem = content_words(item.stem)
        self.key = content_words(item.key.text)
        self.shown = self.stem | self.key


def _tells(item: _Words, other: _Words) -> bool:
    """Whether what ``item`` shows holds most of the other's key while both ask about the same matter."""
    if len(other.key) < SHARED_STEMS:
        return False
    held = len(other.key & item.shown) / len(other.key)
    return held >= SHARE and len(item.stem & other.stem) >= SHARED_STEMS


def _prints(item: Item, other: Item, rare: dict[str, int]) -> bool:
    """Whether ``item`` prints a telling number of the other's key in its stem or in its key."""
    shown = numbers(item.stem) | numbers(item.key.text)
    return any(rare.get(number, 0) <= COMMON for number in numbers(other.key.text) & shown)


@lru_cache(maxsize=4_096)
def numbers(text: str) -> frozenset[str]:
    """The numbers of a text with their signs: "$1.78", "44%", "1853"."""
    return frozenset(_NUMBER.findall(text))


def _rare_numbers(items: tuple[Item, ...]) -> dict[str, int]:
    times: dict[str, int] = {}
    for item in items:
        for number in numbers(item.stem) | numbers(item.key.text):
            times[number] = times.get(number, 0) + 1
    return times
