"""Exchanges and feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("message", sa.String(1000), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(64)),
        sa.Column("confidence", sa.Float),
        sa.Column("degraded", sa.Boolean, nullable=False),
        sa.Column("region", sa.String(32)),
        sa.Column("latency_ms", sa.Integer, nullable=False),
    )
    op.create_index("exchanges_at", "exchanges", ["at"])
    op.create_index("exchanges_conversation", "exchanges", ["conversation"])
    op.create_index("exchanges_entry", "exchanges", ["entry", "at"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("ticket", sa.String(16), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("code", sa.String(8)),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("note", sa.String(1000)),
        sa.Column("conversation", sa.String(32)),
    )
    op.create_index("feedback_at", "feedback", ["at"])
    op.create_index("feedback_entry", "feedback", ["entry", "at"])


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_table("exchanges")
