"""Differences: two texts side by side, with the words that are gone and the words that are new."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from quizapp.locators import document_names
from quizapp.question.words import FIELDS, LETTERS, kind, reason
from quizapp.services.versions import Content, OptionContent, Quote
from quizapp.words import LEVELS, STANCES, words_for

Segments = tuple[tuple[str, bool], ...]  # words, and whether they are only on this side

_PIECE = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the question that two versions say differently."""

    label: str
    old: Segments
    new: Segments


def differences(old: Content, new: Content) -> tuple[Difference, ...]:
    """Every part that differs, in the order in which the page shows them."""
    before, after = dict(parts(old)), dict(parts(new))
    labels = dict.fromkeys((*before, *after))
    return tuple(
        difference(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def difference(label: str, old: str, new: str) -> Difference:
    """Two texts, compared word by word."""
    left, right = _PIECE.findall(old), _PIECE.findall(new)
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    for how, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if i < j:
            gone.append(("".join(left[i:j]), how != "equal"))
        if k < m:
            come.append(("".join(right[k:m]), how != "equal"))
    return Difference(label, tuple(gone), tuple(come))


def parts(content: Content) -> Iterator[tuple[str, str]]:
    """All that a version says, in pieces small enough to be compared, as a teacher reads them."""
    yield FIELDS["stem"], content.stem
    for letter, option in zip(LETTERS, content.options, strict=False):
        yield f"Option {letter}", option.text
        yield f"Option {letter} is", "right" if option.correct else "wrong"
        yield f"Reason of option {letter}", option.rationale
        yield f"Why option {letter} is wrong, in a word", reason(option.reason)
        yield f"Evidence of option {letter}", _quotes(option.evidence)
    for name in ("explanation", "evidence", "facts", "topic", "model", "bloom", "stance", "speaker"):
        yield FIELDS[name], told(name, getattr(content, name))
    for name in ("ordered", "difficulty", "design", "since_then"):
        yield FIELDS[name], told(name, getattr(content, name))


def told(name: str, value: Any) -> str:  # noqa: ANN401 - each field has its own type
    """A field's value as a teacher reads it."""
    if value is None:
        return ""
    if name in _TOLD:
        return _TOLD[name](value)
    return str(value)


def option_lines(options: tuple[OptionContent, ...]) -> str:
    """All options in one text."""
    return "\n\n".join(
        f"{letter}. {option.text} ({'right' if option.correct else 'wrong'})\n{option.rationale}"
        + (f"\n{_quotes(option.evidence)}" if option.evidence else "")
        for letter, option in zip(LETTERS, options, strict=False)
    )


def _quotes(quotes: tuple[Quote, ...]) -> str:
    letters = {document.id: letter for letter, document in document_names().items()}
    return "\n".join(
        f"{letters.get(quote.document, quote.document)}¶{quote.paragraph} “{quote.quote}”" for quote in quotes
    )


def _since(note: dict[str, Any]) -> str:
    return "\n".join(str(value) for value in note.values())


_TOLD: dict[str, Callable[[Any], str]] = {
    "evidence": _quotes,
    "options": option_lines,
    "facts": ", ".join,
    "model": kind,
    "bloom": lambda level: words_for(LEVELS, level).name,
    "stance": lambda stance: words_for(STANCES, stance).name,
    "ordered": lambda ordered: "always as written" if ordered else "shuffled for each student",
    "since_then": _since,
}
