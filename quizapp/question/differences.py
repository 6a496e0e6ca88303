"""Differences: two texts side by side, with the words that are gone and the words that are new."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _

from quizapp.locators import document_names
from quizapp.question.words import LETTERS, field, kind, reason
from quizapp.services.versions import Content, OptionContent, Quote
from quizapp.words import LEVELS, STANCES, words_for

Segments = tuple[tuple[str, bool], ...]  # words, and whether they are only on this side
Label = tuple[str, bool]  # what a part is called, and whether it is in English whatever the page is in

_AFTER_OPTIONS = (
    "explanation", "evidence", "facts", "topic", "model", "bloom", "stance", "speaker",
    "ordered", "difficulty", "design", "since_then",
)  # fmt: skip
_PIECE = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the question that two versions say differently."""

    label: str
    old: Segments
    new: Segments
    is_english: bool = False


# Fields that hold words of the question, which stay as they were written.
ENGLISH = frozenset({"stem", "options", "explanation", "evidence", "facts", "topic", "speaker", "since_then"})


def differences(old: Content, new: Content) -> tuple[Difference, ...]:
    """Every part that differs, in the order in which the page shows them."""
    before, after = dict(parts(old)), dict(parts(new))
    labels = dict.fromkeys((*before, *after))
    return tuple(
        difference(
            name, before.get((name, is_english), ""), after.get((name, is_english), ""), is_english=is_english
        )
        for name, is_english in labels
        if before.get((name, is_english), "") != after.get((name, is_english), "")
    )


def difference(label: str, old: str, new: str, *, is_english: bool = False) -> Difference:
    """Two texts, compared word by word."""
    left, right = _PIECE.findall(old), _PIECE.findall(new)
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    for how, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if i < j:
            gone.append(("".join(left[i:j]), how != "equal"))
        if k < m:
            come.append(("".join(right[k:m]), how != "equal"))
    return Difference(label, tuple(gone), tuple(come), is_english)


def parts(content: Content) -> Iterator[tuple[Label, str]]:
    """All that a version says, in pieces small enough to be compared, as a teacher reads them."""
    yield (field("stem"), True), content.stem
    for letter, option in zip(LETTERS, content.options, strict=False):
        yield (_("Option %(letter)s", letter=letter), True), option.text
        yield (_("Option %(letter)s is", letter=letter), False), _judged(option)
        yield (_("Reason of option %(letter)s", letter=letter), True), option.rationale
        yield (_("Why option %(letter)s is wrong, in a word", letter=letter), False), reason(option.reason)
        yield (_("Evidence of option %(letter)s", letter=letter), True), _quotes(option.evidence)
    for name in _AFTER_OPTIONS:
        yield (field(name), name in ENGLISH), told(name, getattr(content, name))


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
        f"{letter}. {option.text} ({_judged(option)})\n{option.rationale}"
        + (f"\n{_quotes(option.evidence)}" if option.evidence else "")
        for letter, option in zip(LETTERS, options, strict=False)
    )


def _judged(option: OptionContent) -> str:
    return _("right") if option.correct else _("wrong")


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
    "bloom": lambda level: _(words_for(LEVELS, level).name),
    "stance": lambda stance: _(words_for(STANCES, stance).name),
    "ordered": lambda ordered: _("always as written") if ordered else _("shuffled for each student"),
    "since_then": _since,
}
