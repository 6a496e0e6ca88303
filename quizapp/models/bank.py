"""The bank: documents, passages and facts mirrored from the seeds; items and their immutable versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base, UtcDateTime


class TopicRow(Base):
    """A topic as learners meet it."""

    __tablename__ = "topic"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    covers: Mapped[str]
    position: Mapped[int]


class DocumentRow(Base):
    """A source document."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    name: Mapped[str]
    frame: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str]
    written: Mapped[str]
    as_of: Mapped[str]
    as_of_because: Mapped[str]


class PassageRow(Base):
    """One paragraph of a document in our own words."""

    __tablename__ = "passage"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    text: Mapped[str]


class PassageTextRow(Base):
    """A text that a passage once had, so that what was quoted from it can still be read around its words.

    It refers to no passage: a paragraph may be gone from the source, and what it said stays readable.
    """

    __tablename__ = "passage_text"
    __table_args__ = (UniqueConstraint("document_id", "paragraph", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str]
    paragraph: Mapped[int]
    sha256: Mapped[str]  # of the text
    text: Mapped[str]
    replaced_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class FactRow(Base):
    """A fact, mirrored whole in ``content``; the columns are what screens ask for."""

    __tablename__ = "fact"
    __table_args__ = (
        ForeignKeyConstraint(["document_id", "paragraph"], ["passage.document_id", "passage.n"]),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str]
    paragraph: Mapped[int]
    topic_id: Mapped[str] = mapped_column(ForeignKey("topic.id"))
    use: Mapped[str]
    stance: Mapped[str]
    statement: Mapped[str]
    content: Mapped[dict[str, Any]]


class ItemRow(Base):
    """A question of the bank: what stays the same while its versions change, and what quizzes are chosen by."""

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint("origin IN ('generated', 'curated', 'teacher')", name="origin"),
        CheckConstraint("state IN ('draft', 'in_review', 'approved', 'retired')", name="state"),
        Index("ix_item_state_topic", "state", "topic_id", "id"),
        Index("ix_item_state_updated_at", "state", "updated_at", "id"),
        Index("ix_item_suspended", "suspended"),
        Index("ix_item_topic_id", "topic_id", "id"),
        Index("ix_item_updated_at", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    origin: Mapped[str]
    state: Mapped[str]
    topic_id: Mapped[str] = mapped_column(ForeignKey("topic.id"))
    family: Mapped[str]
    facts: Mapped[list[Any]]
    enemies: Mapped[list[Any]]
    camp: Mapped[str | None]
    current_version: Mapped[int]  # the number of the version that new quizzes show
    suspended: Mapped[
        str | None
    ]  # why a rebuild sent it back to review; cleared when a teacher approves it again
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ItemVersionRow(Base):
    """What an item said at one time; never changed, so that an old result stays what it was."""

    __tablename__ = "item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    fingerprint: Mapped[str]
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    note: Mapped[str]  # why it was made, in the words of whoever made it
    series: Mapped[int]  # the number of the version with which its statistics began; a cosmetic edit keeps it
    topic: Mapped[str]  # the id, as it was then
    facts: Mapped[list[Any]]
    model: Mapped[str]
    stem: Mapped[str]
    options: Mapped[list[Any]]
    explanation: Mapped[str]
    evidence: Mapped[list[Any]]
    bloom: Mapped[str]
    stance: Mapped[str]
    speaker: Mapped[str | None]
    ordered: Mapped[bool]
    difficulty: Mapped[float]
    design: Mapped[str]
    since_then: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
