"""Engine: connections to the store, and its tables brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import NullPool

from assistant.settings import ROOT

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Seconds to wait for a busy or distant database.
_TIMEOUT = 3


def make_engine(url: str) -> Engine:
    """An engine for the store's URL; SQLite files are found relative to the project. Connects to nothing yet.

    Error messages never quote the values that were to be written.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed, future=True, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": _TIMEOUT}
        )
    path = ROOT / parsed.database
    # A new connection each time: a file that was moved or deleted is noticed.
    engine = create_engine(
        parsed.set(database=str(path)),
        future=True,
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"timeout": _TIMEOUT},
    )
    event.listen(engine, "do_connect", lambda *_: path.parent.mkdir(parents=True, exist_ok=True))
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: Any, record: object) -> None:
    # Readers and the writer do not block each other; a power cut may cost the last moments, never the file.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def migrate(engine: Engine) -> None:
    """Bring the tables up to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
