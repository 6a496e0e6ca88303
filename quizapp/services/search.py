"""Full-text search: the words of every question, folded alike when they are stored and when they are asked for.

The databases only compare words: which words a text has is decided here, so that both find the same questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Float,
    Select,
    Text,
    Update,
    bindparam,
    case,
    cast,
    column,
    delete,
    false,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptItemRow, ResponseRow
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.search import SEARCH_TABLE, ItemListingRow

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60  # letters of a word; what a longer one begins with is enough to find it
_MOST = 12  # words asked for at once

_Counts = tuple[int, int, float | None]  # answered, of these right, and their quotient

_search = table(SEARCH_TABLE, column("rowid"), column("item_id"), column("words"))


def words_in(*texts: str) -> list[str]:
    """The words of the texts, each once: without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    return list(dict.fromkeys(word[:_LONGEST] for word in _WORD.findall(bare)))


@dataclass(frozen=True, slots=True)
class Entry:
    """What of an item's current version is searched, filtered and sorted by."""

    item_id: int
    series: int
    model: str
    bloom: str
    difficulty: float
    unsourced: bool
    texts: tuple[str, ...]


def index(session: Session, entries: Sequence[Entry]) -> None:
    """Note what versions say, each in place of its item's last one; counts go on where the series does."""
    counts = _counts(session, [entry.item_id for entry in entries])
    ids = [{"id": entry.item_id} for entry in entries]
    key = _key(session)
    connection = session.connection()
    connection.execute(delete(ItemListingRow).where(ItemListingRow.item_id == bindparam("id")), ids)
    connection.execute(delete(_search).where(key == bindparam("id")), ids)
    session.execute(insert(ItemListingRow), [_listing(entry, counts) for entry in entries])
    connection.execute(
        insert(_search).values({key.name: bindparam("id"), "words": _stored(session)}),
        [{"id": entry.item_id, "found": _found(session, words_in(*entry.texts))} for entry in entries],
    )


def count_answer(session: Session, attempt_item_id: int) -> None:
    """Count a response that was just stored, unless the version it was given to is of an earlier series."""
    session.connection().execute(_answer_counted(), {"shown": attempt_item_id})


@cache
def _answer_counted() -> Update:
    """The statement, made once."""
    answer = (
        select(AttemptItemRow.item_id, ItemVersionRow.series, ResponseRow.correct)
        .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
        .join(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)
        .where(AttemptItemRow.id == bindparam("shown"))
    ).subquery()
    right = ItemListingRow.answered_right + case((answer.c.correct, 1), else_=0)
    return (
        update(ItemListingRow)
        .where(ItemListingRow.item_id == answer.c.item_id, ItemListingRow.series == answer.c.series)
        .values(
            answered=ItemListingRow.answered + 1,
            answered_right=right,
            share_right=cast(right, Float) / (ItemListingRow.answered + 1),
        )
    )


def current_version() -> ColumnElement[bool]:
    """What joins an item with the version that quizzes show now."""
    return (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version)


def found_ids(session: Session, typed: str) -> Select[int] | None:
    """The ids of the items that have every word that somebody typed, or one that begins with it.

    A single letter is a word of its own. What was typed reaches the database as a value made of letters and digits
    only; None where it has none of these.
    """
    words = words_in(typed)[:_MOST]
    if not words:
        return None
    found: ColumnElement[bool]
    if _is_postgresql(session):
        asked = " & ".join(f"'{word}'{':*' if _is_prefix(word) else ''}" for word in words)
        found = _search.c.words.op("@@")(cast(literal(asked), TSQUERY))
    else:
        asked = " ".join(f'"{word}"{"*" if _is_prefix(word) else ""}' for word in words)
        found = literal_column(SEARCH_TABLE).op("MATCH")(literal(asked))
    return select(_key(session)).where(found)


def is_found(session: Session, typed: str) -> ColumnElement[bool]:
    """Whether an item is among those found."""
    ids = found_ids(session, typed)
    return false() if ids is None else ItemRow.id.in_(ids)


def _is_prefix(word: str) -> bool:
    """What begins with one letter is nearly everything, and takes long to tell."""
    return len(word) > 1


def _counts(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], _Counts]:
    """What was counted so far, by item and series."""
    counts = {}
    for start in range(0, len(ids), 500):
        rows = session.execute(
            select(
                ItemListingRow.item_id,
                ItemListingRow.series,
                ItemListingRow.answered,
                ItemListingRow.answered_right,
                ItemListingRow.share_right,
            ).where(ItemListingRow.item_id.in_(ids[start : start + 500]))
        )
        counts.update({(row[0], row[1]): (row[2], row[3], row[4]) for row in rows})
    return counts


def _listing(entry: Entry, counts: dict[tuple[int, int], _Counts]) -> dict[str, Any]:
    answered, right, share = counts.get((entry.item_id, entry.series), (0, 0, None))
    return {
        "item_id": entry.item_id,
        "model": entry.model,
        "bloom": entry.bloom,
        "difficulty": entry.difficulty,
        "unsourced": entry.unsourced,
        "series": entry.series,
        "answered": answered,
        "answered_right": right,
        "share_right": share,
    }


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _key(session: Session) -> ColumnElement[int]:
    return _search.c.item_id if _is_postgresql(session) else _search.c.rowid


def _stored(session: Session) -> ColumnElement[Any]:
    if _is_postgresql(session):
        return func.array_to_tsvector(cast(bindparam("found"), ARRAY(Text)))
    return bindparam("found")


def _found(session: Session, words: list[str]) -> list[str] | str:
    return words if _is_postgresql(session) else " ".join(words)
