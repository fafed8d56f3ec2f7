"""Writer: rows wait while nobody takes them, but not without end."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from web.store.writer import Row, StoreError, Writer


def rows(*numbers: int) -> list[Row]:
    return [{"number": number} for number in numbers]


class Sink:
    """Takes batches, or refuses them while it is closed."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.refused = threading.Event()
        self.taken: list[int] = []
        self.lost = 0

    def write(self, batch: Sequence[Row]) -> list[Row]:
        if not self.open.is_set():
            self.refused.set()
            raise StoreError
        self.taken += [row["number"] for row in batch]
        return [row for row in batch if row["number"] < 0]

    def lose(self, count: int) -> None:
        self.lost += count


def test_rows_beyond_the_queues_size_are_lost_and_counted_and_the_rest_arrives() -> None:
    sink = Sink()
    writer = Writer(sink.write, sink.lose, most_waiting=3, retry=0.01)
    writer.start()
    writer.put(rows(1, 2))
    writer.put(rows(3, 4))
    writer.put(rows(5))
    writer.put(rows(6))
    assert sink.lost == 3
    assert sink.refused.wait(5)
    sink.open.set()
    assert writer.flush(5)
    assert sink.taken == [1, 2, 5]
    writer.stop()


def test_failing_tells_whether_the_last_batch_was_refused() -> None:
    sink = Sink()
    writer = Writer(sink.write, sink.lose, retry=0.01)
    writer.start()
    assert not writer.failing
    writer.put(rows(1))
    assert sink.refused.wait(5)
    assert not writer.flush(0.05)
    assert writer.failing
    sink.open.set()
    assert writer.flush(5)
    assert not writer.failing
    writer.stop()


def test_rows_that_can_never_be_written_are_counted() -> None:
    sink = Sink()
    sink.open.set()
    writer = Writer(sink.write, sink.lose)
    writer.start()
    writer.put(rows(1, -2, 3))
    assert writer.flush(5)
    assert sink.lost == 1
    writer.stop()


def test_stopping_writes_what_is_left() -> None:
    sink = Sink()
    sink.open.set()
    writer = Writer(sink.write, sink.lose)
    writer.start()
    writer.put(rows(*range(1200)))
    writer.stop()
    assert sink.taken == list(range(1200))
    assert sink.lost == 0


def test_stopping_counts_what_nobody_took() -> None:
    sink = Sink()
    writer = Writer(sink.write, sink.lose)
    writer.start()
    writer.put(rows(1, 2))
    writer.stop()
    assert sink.lost == 2


def test_a_writer_that_never_began_can_be_stopped() -> None:
    sink = Sink()
    writer = Writer(sink.write, sink.lose)
    writer.put(rows(1))
    writer.stop()
    assert sink.lost == 1
