"""Which entities of the vocabulary a text names, and which of its numbers and names nothing supports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from question_bank.facts import EntityRecord
from question_bank.quantities import asserted_numbers, numbers
from question_bank.text import unaccent
from question_bank.vocabulary import Vocabulary

_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class NameIndex:
    """The proper names of a vocabulary: who bears each, all names of each bearer, and a pattern that finds them."""

    bearers: dict[str, frozenset[str]]
    names: dict[str, frozenset[str]]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> NameIndex:
        """The index of every label, short form and alias that is a proper name."""
        names = {entity.id: frozenset(proper_names(entity)) for entity in vocabulary.entity}
        bearers: dict[str, set[str]] = {}
        for entity, borne in names.items():
            for name in borne:
                bearers.setdefault(name, set()).add(entity)
        longest_first = sorted(bearers, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<= )(?:{'|'.join(longest_first) or '(?!)'})(?= )")
        return cls({name: frozenset(ids) for name, ids in bearers.items()}, names, pattern)

    def find(self, text: str) -> tuple[str, ...]:
        """The names that stand in a text, in order; of two that overlap, the longer."""
        return tuple(self.pattern.findall(spaced(text)))

    def unsupported(self, text: str, support: Iterable[str], known: Collection[str] = ()) -> tuple[str, ...]:
        """The names in ``text`` whose bearers ``support`` names in no way and ``known`` does not list."""
        there = " ".join(map(spaced, support))
        found = dict.fromkeys(self.find(text))
        return tuple(name for name in found if not self._is_named(name, there, known))

    def _is_named(self, name: str, there: str, known: Collection[str]) -> bool:
        for bearer in self.bearers[name]:
            if bearer in known or any(f" {other} " in there for other in self.names[bearer]):
                return True
        return False


def proper_names(entity: EntityRecord) -> Iterable[str]:
    """The ways to name an entity that keep a capital inside a sentence, without article, as spaced words."""
    in_prose = entity.short or entity.label
    for name in dict.fromkeys((in_prose, entity.label, *entity.aliases)):
        bare = _ARTICLE.sub("", name.strip("“”"))
        if name == entity.label and not has_capital(_ARTICLE.sub("", in_prose)):
            continue  # the capital of "Polls" is the option's, not the name's
        if has_capital(bare):
            yield spaced(bare).strip()


def has_capital(text: str) -> bool:
    """Whether any letter is upper case."""
    return any(letter.isupper() for letter in text)


@lru_cache(maxsize=4_096)
def spaced(text: str) -> str:
    """The words of a text, without accents, each between two spaces."""
    return f" {' '.join(_WORD.findall(unaccent(text)))} "


def unsupported_numbers(text: str, support: Iterable[str], known: Iterable[float] = ()) -> tuple[str, ...]:
    """The numbers that ``text`` asserts and no text of ``support`` names, as "63" or "1.78e+09"."""
    there = frozenset(known).union(*(numbers(part) for part in support))
    return tuple(f"{number:g}" for number in sorted(asserted_numbers(text) - there))
