"""Ways of learning: modes, a second try, certainty, tests with an end, and codes to go on in another browser."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = ()
depends_on = None

# Columns are added in place, each with its own check: a table that others refer to is not made anew.
# Quizzes from before were practice without a second try.
_COLUMNS = (
    (
        "attempt",
        "mode",
        "VARCHAR NOT NULL DEFAULT 'practice'",
        "mode IN ('practice', 'test', 'mistakes', 'due')",
    ),
    ("response", "certainty", "INTEGER", "certainty BETWEEN 1 AND 3"),
)


def upgrade() -> None:
    for table, column, kind, check in _COLUMNS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT ck_{table}_{column} CHECK ({check})"
        )
    for name in ("second_try", "asks_certainty"):
        op.add_column("attempt", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("deadline", "closed_at"):
        op.add_column("attempt", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _make_second_try()
    op.create_table(
        "resume_code",
        sa.Column("learner", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("learner", name=op.f("pk_resume_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_resume_code_code_hash")),
    )


def _make_second_try() -> None:
    op.create_table(
        "second_try",
        sa.Column("attempt_item_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_item_id"],
            ["response.attempt_item_id"],
            name=op.f("fk_second_try_attempt_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attempt_item_id", "token"],
            ["attempt_option.attempt_item_id", "attempt_option.token"],
            name=op.f("fk_second_try_attempt_item_id_token"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_item_id", name=op.f("pk_second_try")),
    )


def downgrade() -> None:
    op.drop_table("resume_code")
    op.drop_table("second_try")
    for name in ("closed_at", "deadline", "asks_certainty", "second_try"):
        op.drop_column("attempt", name)
    for table, column, *_ in _COLUMNS:
        op.drop_column(table, column)
