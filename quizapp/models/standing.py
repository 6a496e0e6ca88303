"""Standing: what current versions stand on and what the linter says of them, kept as rows so that lists are quick."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base


class ItemFactRow(Base):
    """An item's current version asks for this fact."""

    __tablename__ = "item_fact"
    __table_args__ = (Index("ix_item_fact_fact_id", "fact_id", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    fact_id: Mapped[str] = mapped_column(primary_key=True)


class ItemPassageRow(Base):
    """An item's current version quotes this passage, in its evidence or in an option's."""

    __tablename__ = "item_passage"
    __table_args__ = (Index("ix_item_passage_passage", "document_id", "paragraph", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(primary_key=True)
    paragraph: Mapped[int] = mapped_column(primary_key=True)


class ItemFindingRow(Base):
    """What a rule of the linter found in an item's current version."""

    __tablename__ = "item_finding"
    __table_args__ = (Index("ix_item_finding_item_id", "item_id"), Index("ix_item_finding_rule", "rule"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    rule: Mapped[str]
    severity: Mapped[str]  # E or W
    place: Mapped[str]
    message: Mapped[str]
