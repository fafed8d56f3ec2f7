"""Tables: the store's shape. A change here needs a migration in web/store/migrations."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Float, Index, Integer, MetaData, String, Table

metadata = MetaData()

#: One row for each reply. `message` is masked; `at` is in UTC, without offset; `position` counts from 0.
exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("conversation", String(32), nullable=False),
    Column("message", String(1000), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entry", String(64)),
    Column("confidence", Float),
    Column("degraded", Boolean, nullable=False),
    Column("region", String(32)),
    Column("latency_ms", Integer, nullable=False),
    Index("exchanges_at", "at"),
    Index("exchanges_conversation", "conversation"),
    Index("exchanges_entry", "entry", "at"),
)

#: What people said of an answer. `kind` is verdict or correction (one with a note); `note` is masked.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("ticket", String(16), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("code", String(8)),
    Column("entry", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reason", String(16)),
    Column("note", String(1000)),
    Column("conversation", String(32)),
    Index("feedback_at", "at"),
    Index("feedback_entry", "entry", "at"),
)
