"""Known: what the database holds of the items that a rebuild may touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.editing import ItemBaseRow, ItemConflictRow
from quizapp.services.versions import Content, content_from, content_of_row

BUILT_STATE = "approved"  # of a question whose base names none
STATE = "state"  # merged like a field of the content, and kept beside them in the base


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the generator's with its current version and what the generator last said of it."""

    id: int
    uid: str
    state: str
    suspended: str | None
    number: int
    series: int
    standing: dict[str, Any]
    content: Content
    base: Content
    base_state: str
    declined: str | None
    conflicts: dict[
        str, tuple[Any, str]
    ]  # by field: the generator's value, and the fingerprint of its version

    @property
    def is_edited(self) -> bool:
        """Whether it says something else than the generator did last."""
        return self.content != self.base

    @property
    def own_state(self) -> str:
        """The state but for a suspension, which no teacher chose."""
        return "approved" if self.state == "in_review" and self.suspended is not None else self.state


@dataclass(frozen=True, slots=True)
class Written:
    """A teacher's question, as far as a rebuild looks at it."""

    id: int
    uid: str
    state: str
    suspended: str | None


def has_tables(session: Session) -> bool:
    """Whether the database was ever set up."""
    return inspect(session.connection()).has_table(ItemRow.__tablename__)


def known_items(session: Session) -> dict[str, Known]:
    """The items that came from a build, by uid."""
    conflicts = _conflicts(session)
    rows = session.execute(
        select(ItemRow, ItemBaseRow, ItemVersionRow.fingerprint, ItemVersionRow.series, ItemVersionRow.id)
        .join(ItemBaseRow, ItemBaseRow.item_id == ItemRow.id)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.origin != "teacher")
        .execution_options(populate_existing=True)
    ).all()
    edited = _contents(session, [row.id for row in rows if row.fingerprint != row.ItemBaseRow.fingerprint])
    found = {}
    for row in rows:
        item, base = row.ItemRow, content_from(row.ItemBaseRow.content)
        found[item.uid] = Known(
            id=item.id,
            uid=item.uid,
            state=item.state,
            suspended=item.suspended,
            number=item.current_version,
            series=row.series,
            standing=standing_of(item),
            content=edited.get(row.id, base),
            base=base,
            base_state=row.ItemBaseRow.content.get(STATE, BUILT_STATE),
            declined=row.ItemBaseRow.declined,
            conflicts=conflicts.get(item.id, {}),
        )
    return found


def written_items(session: Session) -> dict[str, Written]:
    """The teachers' own questions, by uid."""
    rows = session.execute(
        select(ItemRow.id, ItemRow.uid, ItemRow.state, ItemRow.suspended).where(ItemRow.origin == "teacher")
    )
    return {row.uid: Written(*row) for row in rows}


def contents_of(session: Session, ids: Iterable[int]) -> dict[int, Content]:
    """What items say now, by their ids."""
    rows = session.scalars(
        select(ItemVersionRow)
        .join(
            ItemRow,
            (ItemRow.id == ItemVersionRow.item_id) & (ItemRow.current_version == ItemVersionRow.number),
        )
        .where(ItemRow.id.in_(list(ids)))
    )
    return {row.item_id: content_of_row(row) for row in rows}


def standing_of(item: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the bank, or anything that stands like one
    """What quizzes are chosen by and the generator alone decides; no part of what a question says."""
    return {
        "origin": item.origin,
        "family": item.family,
        "enemies": list(item.enemies),
        "camp": item.camp,
    }


def _contents(session: Session, versions: Iterable[int]) -> dict[int, Content]:
    rows = session.scalars(select(ItemVersionRow).where(ItemVersionRow.id.in_(list(versions))))
    return {row.id: content_of_row(row) for row in rows}


def _conflicts(session: Session) -> dict[int, dict[str, tuple[Any, str]]]:
    found: dict[int, dict[str, tuple[Any, str]]] = {}
    for row in session.scalars(select(ItemConflictRow).execution_options(populate_existing=True)):
        found.setdefault(row.item_id, {})[row.field] = (row.theirs["value"], row.fingerprint)
    return found
