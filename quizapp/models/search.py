"""What lists of questions are searched, filtered and sorted by, kept as narrow rows so that no list reads versions.

The words of a question lie in ``item_search``, which each database makes in its own way: an FTS5 table on SQLite, with
tables of its own beside it, and a column of words with an inverted index on PostgreSQL. It is no model, therefore:
``is_search_table`` tells the migrations and their tests to leave it out of comparisons.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base

SEARCH_TABLE = "item_search"


class ItemListingRow(Base):
    """An item's current version in short, and how it was answered since its statistics began.

    ``answered`` and ``answered_right`` count every response to a version of the current ``series``; ``share_right`` is
    their quotient, None before the first answer.
    """

    __tablename__ = "item_listing"
    __table_args__ = (
        Index("ix_item_listing_model", "model"),
        Index("ix_item_listing_bloom", "bloom"),
        Index("ix_item_listing_difficulty", "difficulty", "item_id"),
        Index("ix_item_listing_answered", "answered", "item_id"),
        Index("ix_item_listing_share_right", "share_right", "item_id"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    model: Mapped[str]
    bloom: Mapped[str]
    difficulty: Mapped[float]
    unsourced: Mapped[bool]
    series: Mapped[int]
    answered: Mapped[int]
    answered_right: Mapped[int]
    share_right: Mapped[float | None]


def is_search_table(name: str | None) -> bool:
    """Whether a table belongs to the full-text search rather than to the models."""
    return name is not None and (name == SEARCH_TABLE or name.startswith(f"{SEARCH_TABLE}_"))
