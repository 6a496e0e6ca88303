"""Editing: what the generator last said of an item, and where it and a teacher both changed something since."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime


class ItemBaseRow(Base):
    """The common ancestor of a three-way merge: for each field the generator's value that the bank last took in.

    Items made by teachers have none. ``content`` is a record as in ``services.versions`` with the ``state`` that the
    generator last wanted: ``retired`` where a rebuild no longer made the item. ``declined`` is the fingerprint of a
    generated version that a teacher does not want.
    """

    __tablename__ = "item_base"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    fingerprint: Mapped[str]
    content: Mapped[dict[str, Any]]
    declined: Mapped[str | None]


class ItemConflictRow(Base):
    """A field that a teacher and the generator both changed: the generator's value waits for a decision.

    The field ``state`` with the value ``retired`` asks about a question that is no longer built, though a teacher
    has changed it; it belongs to no generated version, and its fingerprint is empty.
    """

    __tablename__ = "item_conflict"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    theirs: Mapped[dict[str, Any]] = mapped_column(JSON)  # {"value": …}, since a value may be null
    fingerprint: Mapped[str]  # of the generated version that the value belongs to
    found_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)  # when a rebuild brought that version
