"""The store: kept when it can be, never in the way."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from assistant.settings import ROOT
from web.store import Store, StoreError
from web.store.tables import exchanges, feedback, metadata

ROW: dict[str, Any] = {
    "at": dt.datetime(2026, 4, 1, 12, 0),
    "conversation": "c" * 32,
    "message": "招几个人",
    "position": 0,
    "kind": "answer",
    "entry": "e1",
    "confidence": 0.9,
    "degraded": False,
    "region": None,
    "latency_ms": 12,
}
VERDICT: dict[str, Any] = {
    "at": dt.datetime(2026, 4, 1, 12, 0),
    "kind": "verdict",
    "code": "A17",
    "entry": "e1",
    "verdict": "helpful",
    "reason": None,
    "note": None,
    "conversation": None,
}


class Counts:
    def __init__(self) -> None:
        self.failures = 0
        self.lost = 0

    def failed(self) -> None:
        self.failures += 1

    def lose(self, rows: int) -> None:
        self.lost += rows


@pytest.fixture
def counts() -> Counts:
    return Counts()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "store.db"


@pytest.fixture
def store(path: Path, counts: Counts) -> Iterator[Store]:
    store = Store(f"sqlite:///{path}", counts.failed, counts.lose)
    store.start()
    yield store
    store.stop()


def messages(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return list(connection.execute(select(exchanges.c.message).order_by(exchanges.c.id)).scalars())


def test_the_first_start_makes_folder_file_and_tables(store: Store, path: Path) -> None:
    assert path.exists()
    assert {"exchanges", "feedback"} <= set(inspect(store.engine).get_table_names())
    assert store.check()


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_readers_do_not_block_the_writer(store: Store) -> None:
    with store.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_rows_are_written_in_their_order(store: Store) -> None:
    for number in range(1200):
        store.add_exchange([{**ROW, "message": str(number)}])
    assert store.flush()
    assert messages(store) == [str(number) for number in range(1200)]


def test_what_is_queued_at_the_end_is_written(path: Path, counts: Counts) -> None:
    store = Store(f"sqlite:///{path}", counts.failed, counts.lose)
    store.start()
    store.add_exchange([ROW] * 3)
    store.stop()
    assert messages(store) == ["招几个人"] * 3
    assert counts.lost == 0


def test_a_store_that_comes_back_gets_what_it_missed(path: Path, counts: Counts) -> None:
    path.parent.mkdir()
    path.mkdir()  # A folder where the file should be.
    store = Store(f"sqlite:///{path}", counts.failed, counts.lose)
    store.start()
    store.add_exchange([ROW])
    assert not store.flush(0.2)
    assert not store.check()
    path.rmdir()
    assert store.flush()
    assert store.check()
    assert messages(store) == ["招几个人"]
    assert counts.failures > 0
    assert counts.lost == 0
    store.stop()


def test_a_store_whose_file_is_deleted_begins_a_new_one(store: Store, path: Path) -> None:
    store.add_exchange([ROW])
    assert store.flush()
    for file in path.parent.iterdir():
        file.unlink()
    store.add_exchange([{**ROW, "message": "再问"}])
    assert store.flush()
    assert messages(store) == ["再问"]


def test_what_a_dead_store_never_took_is_counted_as_lost(counts: Counts) -> None:
    store = Store("sqlite:////proc/nowhere/store.db", counts.failed, counts.lose)
    store.start()
    store.add_exchange([ROW] * 2)
    store.stop()
    assert counts.lost == 2


def test_one_bad_row_costs_no_other(store: Store, counts: Counts) -> None:
    store.add_exchange([ROW, {**ROW, "message": None}, {**ROW, "message": "再问"}])
    assert store.flush()
    assert messages(store) == ["招几个人", "再问"]
    assert counts.lost == 1
    assert store.check()


def test_no_log_line_quotes_a_row(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.add_exchange([{**ROW, "kind": None}])
    assert store.flush()
    assert caplog.records
    assert "招几个人" not in " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)


def test_feedback_is_there_when_its_ticket_is(store: Store) -> None:
    ticket = store.add_feedback(VERDICT)
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(feedback))
    assert row.ticket == ticket
    assert len(ticket) == 6


def test_a_ticket_is_never_given_twice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("A" * 6 + "A" * 6 + "B" * 6)
    monkeypatch.setattr("web.store.secrets.choice", lambda alphabet: next(letters))
    assert store.add_feedback(VERDICT) == "AAAAAA"
    assert store.add_feedback(VERDICT) == "BBBBBB"


def test_feedback_that_cannot_be_kept_is_refused(counts: Counts) -> None:
    store = Store("sqlite:////proc/nowhere/store.db", counts.failed, counts.lose)
    with pytest.raises(StoreError):
        store.add_feedback(VERDICT)


def test_feedback_that_the_tables_refuse_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.add_feedback({**VERDICT, "verdict": None})


def test_an_operator_can_migrate_with_alembic_itself(path: Path) -> None:
    url = f"sqlite:///{path}"
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=ROOT, env={"BINGWEN_STORE_URL": url, "PATH": ""}, check=True, capture_output=True,
    )  # fmt: skip
    store = Store(url, lambda: None, lambda rows: None)
    assert "exchanges" in inspect(store.engine).get_table_names()
