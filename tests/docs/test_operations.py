"""What the pages for operators tell of health, metrics, logs and the store is so."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from assistant.settings import ROOT
from tests.docs import pages
from web.documents import HealthDocument, PartsDocument
from web.metrics import Metrics
from web.store.engine import make_engine, migrate

PAGE = pages.read("docs/tasks/read-health-and-metrics.md")
_LOGGED = re.compile(r"\blog(?:_failure)?\(\s*\"([a-z-]+)\"")

_EXCHANGE = """
    INSERT INTO exchanges (at, conversation, message, position, kind, degraded, latency_ms)
    VALUES (:at, :conversation, '', 0, 'unknown', 0, 1)
"""
_FEEDBACK = """
    INSERT INTO feedback (at, ticket, kind, entry, verdict, conversation)
    VALUES (:at, :ticket, 'verdict', 'fraud_numbers', 'helpful', :conversation)
"""


def _first_names(title: str) -> list[str]:
    table = pages.section(PAGE, title).partition("\n\n| what you see")[0]
    return [name for row in pages.rows(table) for name in pages.names(row[0])]


def test_every_field_of_the_health_document_is_explained() -> None:
    parts = [f"parts.{part}" for part in PartsDocument.__fields__]
    plain = [field for field in HealthDocument.__fields__ if field != "parts"]
    assert sorted(_first_names("Health")) == sorted([*parts, *plain])


def test_every_metric_is_explained_and_no_other() -> None:
    kinds = re.findall(r"^# TYPE (\w+) \w+$", Metrics().text().decode(), re.MULTILINE)
    assert sorted(_first_names("Metrics")) == sorted(kind for kind in kinds if not kind.endswith("_created"))


def test_every_event_of_the_log_is_explained_and_no_other() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "web").rglob("*.py")]
    assert sorted(_first_names("Logs")) == sorted({event for text in sources for event in _LOGGED.findall(text)})


def test_the_statements_that_delete_leave_nothing_but_what_is_newer(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    engine.dispose()
    days = {"old": "2026-01-01", "named": "2026-07-01", "kept": "2026-07-01"}
    tickets = {"old": "AAAAAA", "named": "K7MX3P", "kept": "BBBBBB"}
    with sqlite3.connect(tmp_path / "store.db", isolation_level=None) as store:
        for conversation, day in days.items():
            at, ticket = f"{day} 00:00:00.000000", tickets[conversation]
            store.execute(_EXCHANGE, {"at": at, "conversation": conversation})
            store.execute(_FEEDBACK, {"at": at, "conversation": conversation, "ticket": ticket})
        for block in pages.blocks(pages.read("docs/tasks/protect-privacy.md"), "sql"):
            store.executescript(block)
        assert store.execute("SELECT conversation FROM exchanges").fetchall() == [("kept",)]
        assert store.execute("SELECT conversation FROM feedback").fetchall() == [("kept",)]
