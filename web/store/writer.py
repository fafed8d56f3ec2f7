"""Writer: one thread that writes queued rows in batches, and keeps them while the store is down."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]

#: Rows that wait at most, rows written at once, seconds to gather them, seconds between trials.
MOST_WAITING = 10_000
_BATCH = 500
_GATHER = 0.25
_RETRY = 1.0
#: Seconds that the end of the process may take.
_STOP = 5.0


class StoreError(Exception):
    """The store could not take what had to be kept."""


class Writer:
    """Calls `write` with batches of rows. It returns rows that can never be written; StoreError is tried again.

    `on_lost` is told how many rows are lost: refused because too many wait, unwritable, or left at the end.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Row]], list[Row]],
        on_lost: Callable[[int], None],
        most_waiting: int = MOST_WAITING,
        retry: float = _RETRY,
    ) -> None:
        self._write = write
        self._on_lost = on_lost
        self._most_waiting = most_waiting
        self._retry = retry
        self._rows: deque[Row] = deque()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._hurried = 0
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self.failing = False

    def start(self) -> None:
        self._thread.start()

    def put(self, rows: Sequence[Row]) -> None:
        """Queue `rows`, or lose them if too many wait. Never waits."""
        with self._changed:
            room = len(self._rows) + len(rows) <= self._most_waiting
            if room:
                self._rows.extend(rows)
                self._changed.notify_all()
        if not room:
            self._on_lost(len(rows))

    def flush(self, timeout: float) -> bool:
        """Wait until no row is left; False if some are after `timeout` seconds."""
        with self._changed:
            self._hurried += 1
            self._changed.notify_all()
            written = self._changed.wait_for(lambda: not self._rows, timeout)
            self._hurried -= 1
            return written

    def stop(self) -> None:
        """Try once more to write what is left, count what is lost, and end the thread."""
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(_STOP)
        with self._changed:
            lost = len(self._rows)
            self._rows.clear()
        if lost:
            self._on_lost(lost)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._rows or self._stopping.is_set())
                if not self._rows:
                    return
                self._changed.wait_for(lambda: self._hurried or self._stopping.is_set(), _GATHER)
            if not self._write_batch():
                if self._stopping.is_set():
                    return
                self._stopping.wait(self._retry)

    def _write_batch(self) -> bool:
        """Write the oldest rows. They leave the queue only once that is done."""
        with self._changed:
            batch = [self._rows[index] for index in range(min(_BATCH, len(self._rows)))]
        try:
            unwritable = self._write(batch)
        except StoreError:
            self.failing = True
            return False
        self.failing = False
        if unwritable:
            self._on_lost(len(unwritable))
        with self._changed:
            for _ in batch:
                self._rows.popleft()
            self._changed.notify_all()
        return True
