"""The teachers' room: accounts, what is edited, what items stand on, statistics, reports, a log that only grows."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = ()
depends_on = None

_NEVER = "1970-01-01 00:00:00.000000"
_FIELDS = (
    "topic", "model", "stem", "options", "explanation", "evidence", "facts", "bloom", "stance", "speaker", "ordered",
    "difficulty", "design", "since_then",
)  # fmt: skip


def upgrade() -> None:
    _make_accounts()
    _make_editing()
    _make_standing()
    _make_statistics()
    _make_reports()
    _widen_tables()
    _fill()
    _let_the_log_only_grow()


def _make_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("totp_seed", sa.String(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("recovery_codes", sa.JSON(), nullable=False),
        sa.CheckConstraint("role IN ('teacher', 'administrator')", name=op.f("ck_account_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "account_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_session")),
    )
    op.create_index("ix_account_session_account_id", "account_session", ["account_id"])
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_hash", sa.String(), nullable=False),
        sa.Column("network_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        "ix_sign_in_failure_account_network", "sign_in_failure", ["account_hash", "network_hash", "at"]
    )
    op.create_index("ix_sign_in_failure_network", "sign_in_failure", ["network_hash", "at"])
    op.create_table(
        "kept_form",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_kept_form_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", "path", name=op.f("pk_kept_form")),
    )
    op.create_index("ix_kept_form_account_id", "kept_form", ["account_id"])


def _make_editing() -> None:
    op.create_table(
        "item_base",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("declined", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_base_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_base")),
    )
    op.create_table(
        "item_conflict",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("theirs", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_conflict_item_id")),
        sa.PrimaryKeyConstraint("item_id", "field", name=op.f("pk_item_conflict")),
    )


def _make_standing() -> None:
    op.create_table(
        "item_fact",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_fact_item_id")),
        sa.PrimaryKeyConstraint("item_id", "fact_id", name=op.f("pk_item_fact")),
    )
    op.create_index("ix_item_fact_fact_id", "item_fact", ["fact_id"])
    op.create_table(
        "item_passage",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_passage_item_id")),
        sa.PrimaryKeyConstraint("item_id", "document_id", "paragraph", name=op.f("pk_item_passage")),
    )
    op.create_index("ix_item_passage_passage", "item_passage", ["document_id", "paragraph"])
    op.create_table(
        "item_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_finding_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_finding")),
    )
    op.create_index("ix_item_finding_item_id", "item_finding", ["item_id"])
    op.create_index("ix_item_finding_rule", "item_finding", ["rule"])
    op.create_table(
        "passage_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_text")),
        sa.UniqueConstraint(
            "document_id", "paragraph", "sha256", name=op.f("uq_passage_text_document_id_paragraph_sha256")
        ),
    )


def _make_statistics() -> None:
    op.create_table(
        "option_count",
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("chosen_first", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_version.id"], name=op.f("fk_option_count_item_version_id")
        ),
        sa.PrimaryKeyConstraint("item_version_id", "option", name=op.f("pk_option_count")),
    )
    op.create_table(
        "key_correction",
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=True),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("marks IN ('rescored', 'full', 'left')", name=op.f("ck_key_correction_marks")),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_version.id"], name=op.f("fk_key_correction_item_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["item_version.id"], name=op.f("fk_key_correction_replaced_by")
        ),
        sa.PrimaryKeyConstraint("item_version_id", name=op.f("pk_key_correction")),
    )


def _make_reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("attempt_item_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'settled')", name=op.f("ck_report_state")),
        sa.ForeignKeyConstraint(
            ["attempt_item_id"],
            ["attempt_item.id"],
            name=op.f("fk_report_attempt_item_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_report_item_id")),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_version.id"], name=op.f("fk_report_item_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("attempt_item_id", name=op.f("uq_report_attempt_item_id")),
    )
    op.create_index("ix_report_item_state", "report", ["item_id", "state"])
    op.create_index("ix_report_state", "report", ["state"])


def _widen_tables() -> None:
    """Columns are added in place: a table that others refer to is not made anew. Each needs a first value."""
    op.add_column("audit_entry", sa.Column("subject", sa.String(), nullable=True))
    op.create_index("ix_audit_entry_action", "audit_entry", ["action"])
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"])
    op.add_column("item", sa.Column("suspended", sa.String(), nullable=True))
    op.add_column(
        "item", sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=_NEVER)
    )
    op.create_index("ix_item_updated_at", "item", ["updated_at"])
    for name in ("made_by", "note", "topic"):
        op.add_column("item_version", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("item_version", sa.Column("series", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("item_version", sa.Column("facts", sa.JSON(), nullable=False, server_default="[]"))


def _fill() -> None:
    """What the bank holds gets what is new; nobody had edited anything before."""
    op.execute(
        "UPDATE item SET updated_at = (SELECT v.made_at FROM item_version v"
        " WHERE v.item_id = item.id AND v.number = item.current_version)"
    )
    op.execute(
        "UPDATE item_version SET made_by = 'command line', series = number,"
        " topic = (SELECT i.topic_id FROM item i WHERE i.id = item_version.item_id),"
        " facts = (SELECT i.facts FROM item i WHERE i.id = item_version.item_id)"
    )
    _fill_standing()
    _fill_counts()


def _fill_standing() -> None:
    connection = op.get_bind()
    tables = sa.MetaData()
    tables.reflect(connection, only=["item", "item_version", "item_base", "item_fact", "item_passage"])
    item, version = tables.tables["item"], tables.tables["item_version"]
    current = (version.c.item_id == item.c.id) & (version.c.number == item.c.current_version)
    query = sa.select(item.c.origin, item.c.state, version).join(version, current)
    for row in connection.execute(query).mappings().all():
        content = {name: _value(row[name], name) for name in _FIELDS}
        if row["origin"] != "teacher":
            connection.execute(
                tables.tables["item_base"].insert(),
                {
                    "item_id": row["item_id"],
                    "fingerprint": row["fingerprint"],
                    "content": content | {"state": row["state"]},
                    "declined": None,
                },
            )
        for fact in dict.fromkeys(content["facts"]):
            connection.execute(
                tables.tables["item_fact"].insert(), {"item_id": row["item_id"], "fact_id": fact}
            )
        quotes = [
            *content["evidence"],
            *(quote for option in content["options"] for quote in option["evidence"]),
        ]
        for document, paragraph in sorted({(quote["document"], quote["paragraph"]) for quote in quotes}):
            connection.execute(
                tables.tables["item_passage"].insert(),
                {"item_id": row["item_id"], "document_id": document, "paragraph": paragraph},
            )


def _value(value: Any, name: str) -> Any:  # noqa: ANN401 - each column has its own type
    """A reflected JSON column of SQLite may answer text."""
    is_json = name in {"options", "evidence", "facts", "since_then"}
    return json.loads(value) if is_json and isinstance(value, str) else value


def _fill_counts() -> None:
    op.execute(
        """
        INSERT INTO option_count (item_version_id, option, chosen, chosen_first)
        SELECT ai.item_version_id, o.option, count(*),
               sum(CASE WHEN EXISTS (
                   SELECT 1 FROM attempt a2 JOIN attempt_item ai2 ON ai2.attempt_id = a2.id
                   JOIN response r2 ON r2.attempt_item_id = ai2.id
                   WHERE a2.learner = a.learner AND ai2.item_id = ai.item_id
                   AND (r2.responded_at < r.responded_at
                        OR (r2.responded_at = r.responded_at AND ai2.id < ai.id))
               ) THEN 0 ELSE 1 END)
        FROM response r
        JOIN attempt_item ai ON ai.id = r.attempt_item_id
        JOIN attempt a ON a.id = ai.attempt_id
        JOIN attempt_option o ON o.attempt_item_id = ai.id AND o.token = r.token
        GROUP BY ai.item_version_id, o.option
        """
    )


def _let_the_log_only_grow() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry"
                " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_only_grows()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entry_no_{verb}")
    else:
        op.execute("DROP TRIGGER audit_entry_only_grows ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_only_grows()")
    for name in ("facts", "series", "topic", "note", "made_by"):
        op.drop_column("item_version", name)
    op.drop_index("ix_item_updated_at", "item")
    for name in ("updated_at", "suspended"):
        op.drop_column("item", name)
    for name in ("subject", "action"):
        op.drop_index(f"ix_audit_entry_{name}", "audit_entry")
    op.drop_column("audit_entry", "subject")
    for table in (
        "report",
        "key_correction",
        "option_count",
        "passage_text",
        "item_finding",
        "item_passage",
        "item_fact",
        "item_conflict",
        "item_base",
        "kept_form",
        "sign_in_failure",
        "one_time_link",
        "account_session",
        "account",
    ):
        op.drop_table(table)
