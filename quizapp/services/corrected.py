"""Corrected keys as learners meet them: an old version's own words, with what is right and why as it is known now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, literal
from sqlalchemy.orm import aliased

from question_bank.text import fold, norm
from quizapp.models.attempts import AttemptOptionRow
from quizapp.models.bank import ItemVersionRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services.versions import Content

REPLACING = aliased(ItemVersionRow, name="replacing")

# What a query has to select besides, to be given to ``teaching_of``.
COLUMNS = (
    KeyCorrectionRow.key.label("right_option"),
    KeyCorrectionRow.marks,
    KeyCorrectionRow.corrected_at,
    REPLACING.options.label("new_options"),
    REPLACING.explanation.label("new_explanation"),
    REPLACING.evidence.label("new_evidence"),
    REPLACING.since_then.label("new_since_then"),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """When the key of a version was corrected, and what was decided for the answers: rescored, full or left."""

    at: dt.datetime
    marks: str


@dataclass(frozen=True, slots=True)
class Teaching:
    """What is said after an answer: each option with its verdict and reason, why, and what proves it."""

    options: tuple[dict[str, Any], ...]  # in the version's own order
    explanation: str
    evidence: list[dict[str, Any]]
    since_then: dict[str, Any] | None
    correction: Correction | None

    @property
    def key(self) -> dict[str, Any]:
        """The option that is right."""
        return next(option for option in self.options if option["correct"])

    def counts(self, option: int) -> bool:
        """Whether an answer that chooses this option counts as right."""
        is_full = self.correction is not None and self.correction.marks == "full"
        return is_full or bool(self.options[option]["correct"])


def with_corrections(query: Select[Any]) -> Select[Any]:
    """The query on versions with their corrections beside them, where there are any."""
    return query.outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == ItemVersionRow.id).outerjoin(
        REPLACING, REPLACING.id == KeyCorrectionRow.replaced_by
    )


def teaching_of(row: Row[Any]) -> Teaching:
    """From a row with the version's own columns and ``COLUMNS``."""
    if row.marks is None:
        return Teaching(tuple(row.options), row.explanation, row.evidence, row.since_then, None)
    return Teaching(
        options=_corrected(row.options, row.new_options, row.right_option),
        explanation=row.new_explanation,
        evidence=row.new_evidence,
        since_then=row.new_since_then,
        correction=Correction(row.corrected_at, row.marks),
    )


def counts_as_right(is_key: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same as ``Teaching.counts``, decided by the database at the moment of writing.

    ``is_key`` is what was read before; a correction that came in between decides instead.
    """
    return case(
        (KeyCorrectionRow.marks == "full", literal(True)),  # noqa: FBT003 - a value, not an argument
        (
            KeyCorrectionRow.marks.is_not(None),
            func.coalesce(AttemptOptionRow.option == KeyCorrectionRow.key, literal(False)),  # noqa: FBT003
        ),
        else_=is_key,
    )


def places_in(newest: Content, old: Content, *, same: bool) -> tuple[int, ...] | None:
    """For each option of ``newest`` its place in ``old``; None where they do not offer the same."""
    if same:
        return tuple(range(len(newest.options)))
    there = {fold(norm(option.text)): n for n, option in enumerate(old.options)}
    wanted = [fold(norm(option.text)) for option in newest.options]
    if len(old.options) != len(wanted) or set(there) != set(wanted):
        return None
    return tuple(there[words] for words in wanted)


def _corrected(
    old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], key: int | None
) -> tuple[dict[str, Any], ...]:
    """Each option in the words in which it was shown, with the reason that it has in the new version.

    A cosmetic edit may lie between the two: then the words differ and the place is the same.
    """
    by_words = {fold(norm(option["text"])): option for option in new}
    return tuple(
        {**by_words.get(fold(norm(option["text"])), new[n]), "text": option["text"], "correct": n == key}
        for n, option in enumerate(old)
    )
