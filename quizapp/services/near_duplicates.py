"""Near-duplicates: questions that already ask nearly what a new one asks.

Likeness of letters alone misleads ("the capital of Austria", "… of Australia"), so the words that carry meaning are
compared, together with the facts and the right answer. Only questions that share a fact, a passage or telling words
are looked at, so that it stays quick in a large bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from question_bank.quantities import parse
from question_bank.text import content_words, fold, jaccard, norm
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.standing import ItemFactRow, ItemPassageRow
from quizapp.services.search import is_found
from quizapp.services.versions import Content

MOST = 3
_LOOKED_AT = 150  # for each of the ways to find candidates
_NEARLY_ALL = 8  # words in common: the same question, however many share its facts
_LONGEST = 4  # words of a stem tell most
_TELLING = 2  # of these a candidate must hold
_SAME_WORDS = 0.75
_SAME_ANSWER = 0.4  # of the words, where the right answer is the same, too
_SAME_MATTER = 0.6  # where a fact is shared


@dataclass(frozen=True, slots=True)
class Similar:
    """A question of the bank that is much like the one being written."""

    uid: str
    stem: str
    key: str
    state: str
    has_same_answer: bool
    likeness: float


class _Row(NamedTuple):
    """A candidate."""

    uid: str
    state: str
    stem: str
    facts: list[str]
    options: list[dict[str, Any]]


def find_similar(session: Session, content: Content, *, besides: str = "") -> tuple[Similar, ...]:
    """The questions that are most alike, without ``besides`` and without retired ones."""
    words = content_words(content.stem)
    if len(words) < _TELLING or not content.options:
        return ()
    found = [
        similar
        for row in _rows(session, _candidates(session, content))
        if row.uid != besides and (similar := _compare(content, words, row))
    ]
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.uid))[:MOST])


def _candidates(session: Session, content: Content) -> set[int]:
    """Ids by shared facts, by shared passages, and by words of the stem: most of them, or two that tell much."""
    ids = set(_sharing(session, ItemFactRow.item_id, ItemFactRow.fact_id.in_(content.facts)))
    places = [(quote.document, quote.paragraph) for quote in content.evidence]
    column = tuple_(ItemPassageRow.document_id, ItemPassageRow.paragraph)
    ids.update(_sharing(session, ItemPassageRow.item_id, column.in_(places)))
    words = sorted(content_words(content.stem), key=lambda word: (-len(word), word))
    ids.update(_holding(session, is_found(session, " ".join(words[:_NEARLY_ALL]))))
    pairs = combinations(words[:_LONGEST], _TELLING)
    ids.update(_holding(session, or_(*(is_found(session, " ".join(pair)) for pair in pairs))))
    return ids


def _holding(session: Session, words: ColumnElement[bool]) -> Iterable[int]:
    """The newest items with these words."""
    return session.scalars(select(ItemRow.id).where(words).order_by(ItemRow.id.desc()).limit(_LOOKED_AT))


def _sharing(
    session: Session, item_id: InstrumentedAttribute[int], shares: ColumnElement[bool]
) -> Iterable[int]:
    """The items that share most come first."""
    shared = func.count()
    query = select(item_id).where(shares).group_by(item_id).order_by(shared.desc(), item_id.desc())
    return session.scalars(query.limit(_LOOKED_AT))


def _rows(session: Session, ids: set[int]) -> Iterator[_Row]:
    rows = session.execute(
        select(ItemRow.uid, ItemRow.state, ItemVersionRow.stem, ItemVersionRow.facts, ItemVersionRow.options)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.id.in_(ids), ItemRow.state != "retired")
    )
    for row in rows:
        yield _Row(*row)


def _compare(content: Content, words: frozenset[str], row: _Row) -> Similar | None:
    likeness = jaccard(words, content_words(row.stem))
    key = next((str(option["text"]) for option in row.options if option["correct"]), "")
    mine = next((option.text for option in content.options if option.correct), "")
    same = bool(mine) and _same_answer(mine, key)
    needed = _SAME_ANSWER if same else _SAME_MATTER if set(row.facts) & set(content.facts) else _SAME_WORDS
    return Similar(row.uid, row.stem, key, row.state, same, likeness) if likeness >= needed else None


def _same_answer(left: str, right: str) -> bool:
    first, second = parse(left), parse(right)
    if first and second:
        return (first.interval, first.unit) == (second.interval, second.unit)
    return fold(norm(left)).rstrip(".") == fold(norm(right)).rstrip(".")
