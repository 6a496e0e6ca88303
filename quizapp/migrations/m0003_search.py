"""Lists of questions: what they are filtered and sorted by as narrow rows, full-text search, and indexes."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from quizapp.services.search import words_in

revision = "0003"
down_revision = "0002"
branch_labels = ()
depends_on = None

_FILTERED_BY = ("model", "bloom")
_SORTED_BY = ("difficulty", "answered", "share_right")
_INDEXES = (
    ("ix_item_topic_id", "item", ["topic_id", "id"]),
    ("ix_item_state_updated_at", "item", ["state", "updated_at", "id"]),
    ("ix_item_suspended", "item", ["suspended"]),
    ("ix_audit_entry_actor", "audit_entry", ["actor"]),
    ("ix_audit_entry_at", "audit_entry", ["at"]),
)

# With one more column each of these answers alone: without reading rows, or without sorting those alike.
_WIDENED = (
    ("ix_item_updated_at", "item", ["updated_at"], "id"),
    ("ix_item_fact_fact_id", "item_fact", ["fact_id"], "item_id"),
    ("ix_item_passage_passage", "item_passage", ["document_id", "paragraph"], "item_id"),
)


def upgrade() -> None:
    op.create_table(
        "item_listing",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("bloom", sa.String(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("unsourced", sa.Boolean(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("answered_right", sa.Integer(), nullable=False),
        sa.Column("share_right", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_listing_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_listing")),
    )
    for name in _FILTERED_BY:
        op.create_index(f"ix_item_listing_{name}", "item_listing", [name])
    for name in _SORTED_BY:
        op.create_index(f"ix_item_listing_{name}", "item_listing", [name, "item_id"])
    for name, table, columns, more in _WIDENED:
        op.drop_index(name, table)
        op.create_index(name, table, [*columns, more])
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
    _make_search()
    _fill()
    _count_answers()


def _make_search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE item_search USING fts5"
            "(words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', detail = none)"
        )
        return
    op.create_table(
        "item_search",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_search_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_search")),
    )
    op.create_index("ix_item_search_words", "item_search", ["words"], postgresql_using="gin")


def _fill() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT v.item_id, v.model, v.bloom, v.difficulty, v.series, v.stem, v.explanation, v.options, v.evidence"
            " FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.current_version"
        )
    ).mappings()
    listed = sa.text(
        "INSERT INTO item_listing (item_id, model, bloom, difficulty, unsourced, series, answered, answered_right)"
        " VALUES (:item_id, :model, :bloom, :difficulty, :unsourced, :series, 0, 0)"
    )
    if connection.dialect.name == "sqlite":
        indexed = sa.text("INSERT INTO item_search (rowid, words) VALUES (:item_id, :words)")
    else:
        indexed = sa.text(
            "INSERT INTO item_search (item_id, words)"
            " VALUES (:item_id, array_to_tsvector(string_to_array(:words, ' ')))"
        )
    for row in rows.all():
        options = _value(row["options"])
        texts = [text for option in options for text in (option["text"], option["rationale"])]
        words = " ".join(words_in(row["stem"], *texts, row["explanation"]))
        connection.execute(listed, {**row, "unsourced": not _value(row["evidence"])})
        connection.execute(indexed, {"item_id": row["item_id"], "words": words})


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """A JSON column: SQLite answers text."""
    return json.loads(value) if isinstance(value, str) else value


def _count_answers() -> None:
    """Every response to a version of the current series."""
    counted = (
        "SELECT {} FROM response r JOIN attempt_item ai ON ai.id = r.attempt_item_id"
        " JOIN item_version v ON v.id = ai.item_version_id"
        " WHERE ai.item_id = item_listing.item_id AND v.series = item_listing.series"
    )
    right = counted.format("coalesce(sum(CASE WHEN r.correct THEN 1 ELSE 0 END), 0)")
    op.execute(
        f"UPDATE item_listing SET answered = ({counted.format('count(*)')}), answered_right = ({right})"  # noqa: S608 - no value in it
    )
    op.execute(
        "UPDATE item_listing SET share_right = CAST(answered_right AS FLOAT) / answered WHERE answered > 0"
    )


def downgrade() -> None:
    op.drop_table("item_search")
    op.drop_table("item_listing")
    for name, table, _ in reversed(_INDEXES):
        op.drop_index(name, table)
    for name, table, columns, _ in _WIDENED:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
