"""The page of a conflict: what the rebuild said before, what the question says, what the rebuild says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from quizapp.languages import say
from quizapp.question import words
from quizapp.question.differences import ENGLISH, Segments, difference, option_lines, told
from quizapp.question.pages import ROOM, Addresses
from quizapp.services.conflicts import Conflict
from quizapp.services.editing import Question
from quizapp.words import STATES


@dataclass(frozen=True, slots=True)
class Field:
    """A field in three versions; mine and theirs are marked where they differ from what was there before."""

    name: str
    label: str
    base: str
    mine: Segments
    theirs: Segments
    choice: str
    is_english: bool


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Every field that waits for a decision."""

    title: str
    room: str
    to: Addresses
    version: int
    fingerprint: str
    stem: str
    fields: tuple[Field, ...]
    faults: Mapping[str, str]
    reasons: tuple[str, ...]

    @classmethod
    def of(
        cls,
        question: Question,
        conflicts: tuple[Conflict, ...],
        *,
        chosen: Mapping[str, str] | None = None,
        faults: Mapping[str, str] | None = None,
        reasons: tuple[str, ...] = (),
    ) -> ConflictPage:
        """The page; ``chosen`` is what was decided so far."""
        seen = {conflict.fingerprint for conflict in conflicts}
        return cls(
            title=_("Yours and the rebuild’s"),
            room=ROOM,
            to=Addresses.of(question.uid),
            version=question.number,
            fingerprint=seen.pop() if len(seen) == 1 else "",
            stem=question.content.stem,
            fields=tuple(_field(conflict, (chosen or {}).get(conflict.field, "")) for conflict in conflicts),
            faults=faults or {},
            reasons=tuple(map(say, reasons)),
        )


def _field(conflict: Conflict, choice: str) -> Field:
    base, mine, theirs = (
        _text(conflict.field, value) for value in (conflict.base, conflict.mine, conflict.theirs)
    )
    return Field(
        name=conflict.field,
        label=words.field(conflict.field),
        base=base,
        mine=difference("", base, mine).new,
        theirs=difference("", base, theirs).new,
        choice=choice,
        is_english=conflict.field in ENGLISH,
    )


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - each field has its own type
    if name == "state":
        return str(_(STATES[value])) if value in STATES else str(value)
    return option_lines(value) if name == "options" else told(name, value)
