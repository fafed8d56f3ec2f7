"""The store: what was asked and answered, and what people said of it. Never needed for an answer."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence

from alembic.util.exc import CommandError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from web.logs import log_failure
from web.store.engine import make_engine, migrate
from web.store.tables import exchanges, feedback
from web.store.writer import Row, StoreError, Writer

#: Letters and digits that nobody mixes up when reading a ticket over the telephone.
_TICKET_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_TICKET_LENGTH = 6
_TICKET_TRIALS = 5

__all__ = ["Store", "StoreError"]


class Store:
    """The database behind a queue: exchanges are written later and in batches, feedback at once.

    `on_failure` is told of every failed write, `on_lost` how many rows are lost for good.
    """

    def __init__(self, url: str, on_failure: Callable[[], None], on_lost: Callable[[int], None]) -> None:
        self.engine = make_engine(url)
        self._on_failure = on_failure
        self._migrating = threading.Lock()
        self._migrated = False
        self._writer = Writer(self._write, on_lost)

    def start(self) -> None:
        """Bring the tables up to date and begin to write. A store that is down is tried again later."""
        self.check()
        self._writer.start()

    def stop(self) -> None:
        """Write what is left, if the store takes it, and close."""
        self._writer.stop()
        self.engine.dispose()

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until everything queued is written; False if the time was too short."""
        return self._writer.flush(timeout)

    def check(self) -> bool:
        """Whether the store works now. Takes a query; do not call it on the event loop."""
        if self._writer.failing:
            return False
        try:
            self._migrate()
            with self.engine.connect() as connection:
                connection.execute(select(exchanges.c.id).limit(1)).first()
        except (SQLAlchemyError, CommandError, OSError) as error:
            self._failed(error)
            return False
        return True

    def add_exchange(self, rows: Sequence[Row]) -> None:
        """Queue the rows of one exchange. Returns at once and never fails."""
        self._writer.put(rows)

    def add_feedback(self, row: Row) -> str:
        """Write a feedback row and return its ticket. Raises StoreError if it could not be written."""
        for trial in range(_TICKET_TRIALS):
            ticket = "".join(secrets.choice(_TICKET_ALPHABET) for _ in range(_TICKET_LENGTH))
            try:
                self._migrate()
                with self.engine.begin() as connection:
                    connection.execute(feedback.insert(), {**row, "ticket": ticket})
                return ticket
            except Exception as error:
                if isinstance(error, IntegrityError) and trial < _TICKET_TRIALS - 1:
                    continue  # The ticket exists already.
                self._failed(error)
                raise StoreError from error
        raise AssertionError("the last trial returns or raises")

    def _write(self, rows: Sequence[Row]) -> list[Row]:
        """Write `rows`; returns those that no trial will ever write. Raises StoreError if it must be tried again."""
        try:
            self._migrate()
            self._insert(rows)
            return []
        except Exception as error:
            self._failed(error)
            if isinstance(error, (OperationalError, CommandError, OSError)):
                raise StoreError from error
            # One row spoils the batch: write them one by one.
            return list(rows) if len(rows) == 1 else [bad for row in rows for bad in self._write([row])]

    def _insert(self, rows: Sequence[Row]) -> None:
        with self.engine.begin() as connection:
            connection.execute(exchanges.insert(), list(rows))

    def _migrate(self) -> None:
        with self._migrating:
            if not self._migrated:
                migrate(self.engine)
                self._migrated = True

    def _failed(self, error: Exception) -> None:
        self._migrated = False  # The tables may be gone.
        self._on_failure()
        log_failure("store-failed", error)
