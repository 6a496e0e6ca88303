"""The list of all questions: filtered, in order, a page at a time, and as quick with a hundred thousand of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, asc, desc, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.models.bank import DocumentRow, ItemRow, ItemVersionRow, TopicRow
from quizapp.models.editing import ItemConflictRow
from quizapp.models.reports import ReportRow
from quizapp.models.search import ItemListingRow
from quizapp.models.standing import ItemFindingRow
from quizapp.services.question_filter import ANY, ORIGINS, STATES, Filter, conditions
from quizapp.services.search import current_version, found_ids

__all__ = [
    "ANY", "FIRST", "ORDERS", "ORIGINS", "STATES", "Choices", "Filter", "Listed", "Page",
    "list_choices", "list_questions", "uids_of",
]  # fmt: skip

A_PAGE = 25
_FEW = 2_000  # questions that are sorted at once
MOST_COUNTED = 100_000  # of a longer list only this is told: counting on would be all that a visit does


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the list: by which column, from which end; items alike in it stand in the order of their ids."""

    column: InstrumentedAttribute[Any]
    descending: bool = False

    @property
    def reads_listing(self) -> bool:
        """Whether the column is one of the listing's."""
        return self.column.class_ is ItemListingRow

    def by(
        self, column: ColumnElement[Any], tie: ColumnElement[Any], *, backwards: bool
    ) -> tuple[ColumnElement[Any], ...]:
        """The terms on these columns; what is not known yet comes last, or backwards first."""
        way = desc if self.descending is not backwards else asc
        first: Any = way(column)
        if self.column is ItemListingRow.share_right:
            first = first.nulls_first() if backwards else first.nulls_last()
        last: Any = way(tie)
        return (first, last)


ORDERS = {
    "changed": Order(ItemRow.updated_at, descending=True),
    "unchanged": Order(ItemRow.updated_at),
    "uid": Order(ItemRow.uid),
    "topic": Order(ItemRow.topic_id),
    "hardest": Order(ItemListingRow.difficulty, descending=True),
    "easiest": Order(ItemListingRow.difficulty),
    "answered": Order(ItemListingRow.answered, descending=True),
    "unanswered": Order(ItemListingRow.answered),
    "wrong": Order(ItemListingRow.share_right),
    "right": Order(ItemListingRow.share_right, descending=True),
}
FIRST = "changed"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list."""

    uid: str
    stem: str
    topic: str
    model: str
    bloom: str
    state: str
    origin: str
    suspended: str | None
    unsourced: bool
    answered: int
    share_right: float | None
    updated_at: dt.datetime
    reports: int
    findings: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions of a list, and how many it has; ``is_longer`` where it has more than were counted."""

    questions: tuple[Listed, ...]
    total: int
    is_longer: bool
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: topics and documents with their names, kinds and rules that occur."""

    topics: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str], ...]
    models: tuple[str, ...]
    rules: tuple[str, ...]


def list_questions(session: Session, wanted: Filter, *, order: str = FIRST, number: int = 1) -> Page:
    """A page of the list; the last one where it has fewer."""
    total = _counted(session, wanted)
    is_longer = total > MOST_COUNTED
    total = min(total, MOST_COUNTED)
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, number), pages)
    skipped = (number - 1) * A_PAGE
    shown = max(0, min(A_PAGE, total - skipped))
    # from the nearer end, if the other end is known
    backwards = not is_longer and skipped > total // 2
    chosen = _ordered(session, wanted, ORDERS[order], is_short=total <= _FEW, backwards=backwards)
    ids = list(session.scalars(chosen.limit(shown).offset(total - skipped - shown if backwards else skipped)))
    return Page(_listed(session, ids[::-1] if backwards else ids), total, is_longer, number, pages)


def uids_of(session: Session, wanted: Filter) -> list[str]:
    """The uids of all questions of the list, in alphabetical order: everywhere and always the same."""
    return sorted(session.scalars(_items(session, wanted, None, ItemRow.uid)))


def list_choices(session: Session) -> Choices:
    """What the filters offer."""
    topics = session.execute(select(TopicRow.id, TopicRow.title).order_by(TopicRow.position))
    documents = session.execute(select(DocumentRow.id, DocumentRow.name).order_by(DocumentRow.letter))
    return Choices(
        topics=tuple((row.id, row.title) for row in topics),
        documents=tuple((row.id, row.name) for row in documents),
        models=tuple(sorted(session.scalars(select(ItemListingRow.model).distinct()))),
        rules=tuple(sorted(session.scalars(select(ItemFindingRow.rule).distinct()))),
    )


def _items(session: Session, wanted: Filter, order: Order | None, *columns: Any) -> Select[Any]:  # noqa: ANN401 - any
    """The items of the list; the listing is read only where something asks for it."""
    query = select(*columns).select_from(ItemRow)
    if wanted.reads_listing or (order is not None and order.reads_listing):
        query = query.join(ItemListingRow, ItemListingRow.item_id == ItemRow.id)
    return query.where(*conditions(session, wanted))


def _ordered(
    session: Session, wanted: Filter, order: Order, *, is_short: bool, backwards: bool
) -> Select[Any]:
    """The ids in order.

    Of a short list all are found before they are sorted: OFFSET 0 keeps PostgreSQL from walking through the whole
    bank in order until it has met the few.
    """
    if is_short:
        found = _items(session, wanted, order, ItemRow.id, order.column.label("key")).offset(0).subquery()
        return select(found.c.id).order_by(*order.by(found.c.key, found.c.id, backwards=backwards))
    tie = order.column.class_.item_id if order.reads_listing else ItemRow.id
    query = _items(session, wanted, order, ItemRow.id)
    return query.order_by(*order.by(order.column, tie, backwards=backwards))  # type: ignore[arg-type]


def _counted(session: Session, wanted: Filter) -> int:
    items = _items(session, wanted, None, ItemRow.id)
    if wanted == Filter(text=wanted.text) and wanted.text:
        ids = found_ids(session, wanted.text)  # each is an item's: no need to look them up
        items = items if ids is None else ids
    some = items.limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _listed(session: Session, ids: Sequence[int]) -> tuple[Listed, ...]:
    """The questions with these ids, in their order."""
    rows = session.execute(
        select(
            ItemRow.id,
            ItemRow.uid,
            ItemVersionRow.stem,
            TopicRow.title,
            ItemListingRow.model,
            ItemListingRow.bloom,
            ItemRow.state,
            ItemRow.origin,
            ItemRow.suspended,
            ItemListingRow.unsourced,
            ItemListingRow.answered,
            ItemListingRow.share_right,
            ItemRow.updated_at,
            _number(ReportRow.item_id, ReportRow.state == "open"),
            _number(ItemFindingRow.item_id),
            _number(ItemConflictRow.item_id),
        )
        .join(ItemListingRow, ItemListingRow.item_id == ItemRow.id)
        .join(TopicRow, TopicRow.id == ItemRow.topic_id)
        .join(ItemVersionRow, current_version())
        .where(ItemRow.id.in_(ids))
    )
    by_id: dict[int, Any] = {row[0]: row[1:] for row in rows}
    return tuple(Listed(*by_id[item]) for item in ids)


def _number(column: InstrumentedAttribute[int], *more: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).where(column == ItemRow.id, *more).correlate(ItemRow).scalar_subquery()
