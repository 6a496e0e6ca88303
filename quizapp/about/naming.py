"""Naming: the plain words of the library in the language of the page."""

from __future__ import annotations

from quizapp.languages import say
from quizapp.words import Words, words_for


def words_here(known: dict[str, Words], name: str) -> Words:
    """The words for a name."""
    return said(words_for(known, name))


def said(words: Words) -> Words:
    """The words in the language of the page."""
    return Words(say(words.name), say(words.means))
