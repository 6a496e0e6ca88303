"""The ids of a topic's approved items in their order, so that quizzes are drawn without reading them all.

SQLite's indexes hold the ids anyway; PostgreSQL's do not.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_item_state_topic", "item")
    op.create_index("ix_item_state_topic", "item", ["state", "topic_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_item_state_topic", "item")
    op.create_index("ix_item_state_topic", "item", ["state", "topic_id"])
