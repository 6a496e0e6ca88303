"""Merging: three versions of a question made one, field by field, without losing what anybody wrote.

``base`` is what the generator last said, ``mine`` what the question says now, ``theirs`` what the generator says today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from quizapp.services.versions import FIELDS, Content, OptionContent

T = TypeVar("T")

Options = tuple[OptionContent, ...]


class _ConflictError(Exception):
    """Both sides changed the same."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The question after the merge.

    ``followed`` are the fields that took something over from the generator, ``kept`` those in which a teacher's value
    stays and nobody has to be asked; ``conflicts`` has the generator's value where both sides changed a field and the
    teacher's stays until it is decided.
    """

    content: Content
    followed: tuple[str, ...]
    kept: tuple[str, ...]
    conflicts: Mapping[str, Any]


def merge(base: Content, mine: Content, theirs: Content) -> Merged:
    """A field that only one side changed takes that side's value; one that both changed alike is no conflict."""
    values: dict[str, Any] = {}
    conflicts: dict[str, Any] = {}
    for name in FIELDS:
        sides = getattr(base, name), getattr(mine, name), getattr(theirs, name)
        try:
            values[name] = _merge_options(*sides) if name == "options" else _merge(*sides)
        except _ConflictError:
            values[name] = getattr(mine, name)
            conflicts[name] = getattr(theirs, name)
    content = Content(**values)
    return Merged(
        content=content,
        followed=differing(mine, content),
        kept=tuple(name for name in differing(content, theirs) if name not in conflicts),
        conflicts=conflicts,
    )


def moved_base(base: Content, theirs: Content, conflicts: Mapping[str, Any]) -> Content:
    """What the next merge compares with: the generator's word, but for the fields that wait for a decision."""
    return replace(theirs, **{name: getattr(base, name) for name in conflicts})


def differing(one: Content, other: Content) -> tuple[str, ...]:
    """The names of the fields in which two contents differ."""
    return tuple(name for name in FIELDS if getattr(one, name) != getattr(other, name))


def _merge(base: T, mine: T, theirs: T) -> T:
    if mine == base:
        return theirs
    if theirs in (base, mine):
        return mine
    raise _ConflictError


def _merge_options(base: Options, mine: Options, theirs: Options) -> Options:
    """Whole, or else option by option where it is plain which is which; no half of an option is ever mixed."""
    try:
        return _merge(base, mine, theirs)
    except _ConflictError:
        if not _correspond(base, mine, theirs):
            raise
    merged = tuple(_merge(*three) for three in zip(base, mine, theirs, strict=True))
    if not _is_whole(merged):
        raise _ConflictError
    return merged


def _correspond(*sides: Options) -> bool:
    """Whether all have as many options, and two of them the same words in the same order."""
    texts = {tuple(option.text for option in options) for options in sides}
    return len({len(options) for options in sides}) == 1 and len(texts) < len(sides)


def _is_whole(options: Options) -> bool:
    """Whether one option is right, and no two say the same."""
    texts = {option.text.strip().casefold() for option in options}
    return sum(option.correct for option in options) == 1 and len(texts) == len(options)
