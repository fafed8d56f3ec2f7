"""Speed: what is compared, what is printed and when it is as promised."""

from __future__ import annotations

import math
import multiprocessing
import sys
from pathlib import Path

import pytest

from benchmarks.load import Measurement
from benchmarks.speed import CLIENTS, ROUNDS, Cell, Cells, busy_processors, compare, main, ratio, shortcomings, table


def cells(ours: int = 300, theirs: int = 100, our_p99: float = 0.02, errors: int = 0) -> Cells:
    """One round of ten seconds for every cell, with so many answers a side at 8 clients."""
    found: Cells = {}
    for clients in CLIENTS:
        for system, count, slowest in (("bingwen", ours, our_p99), ("rasa", theirs, 0.05)):
            cell = Cell()
            failed = ["status 500"] * errors if system == "bingwen" else []
            cell.add(Measurement(10.0, [0.01] * (count - 10) + [slowest] * 10, failed))
            found[system, clients] = cell
    return found


def test_the_sides_take_turns_and_get_the_same_questions_in_a_round() -> None:
    questions = [str(number) for number in range(50)]
    seen: list[tuple[str, int, list[str]]] = []

    def measure(system: str, clients: int, drawn: list[str]) -> Measurement:
        seen.append((system, clients, drawn))
        return Measurement(1.0, [0.01])

    compare(measure, questions)
    first = list(seen)
    assert [system for system, _, _ in first] == ["bingwen", "rasa"] * (ROUNDS * len(CLIENTS))
    pairs = list(zip(first[::2], first[1::2], strict=True))
    assert all(ours[1:] == theirs[1:] for ours, theirs in pairs)
    assert [clients for _, clients, _ in first[::2]] == [*CLIENTS] * ROUNDS
    assert all(sorted(drawn) == sorted(questions) for _, _, drawn in first)
    assert len({tuple(drawn) for _, _, drawn in first}) == len(pairs)
    seen.clear()
    compare(measure, questions)
    assert seen == first


def test_rounds_are_counted_together() -> None:
    cell = Cell()
    cell.add(Measurement(10.0, [0.01] * 100))
    cell.add(Measurement(10.0, [0.02] * 300))
    assert cell.rates == [10.0, 30.0]
    assert cell.rate == 20.0


def test_a_percentile_is_the_time_within_which_that_share_was_answered() -> None:
    cell = Cell()
    cell.add(Measurement(1.0, [number / 1000 for number in range(100, 0, -1)]))
    assert cell.percentile(0.5) == pytest.approx(50)
    assert cell.percentile(0.99) == pytest.approx(99)
    assert cell.percentile(1.0) == pytest.approx(100)


def test_the_table_tells_rates_times_errors_and_the_ratio_for_every_number_of_clients() -> None:
    lines = table(cells(errors=2))
    assert len(lines) == 1 + 3 * len(CLIENTS)
    assert lines[0].split() == ["clients", "system", "messages/s", "p50", "ms", "p99", "ms", "errors"]
    assert lines[4].split() == ["8", "Bingwen", "30.0", "10.0", "20.0", "2"]
    assert lines[5].split() == ["8", "stock", "Rasa", "10.0", "10.0", "50.0", "0"]
    assert lines[6].split()[:3] == ["8", "ratio", "3.00"]
    assert "3.00)" in lines[6]


def test_two_and_a_half_times_as_fast_with_a_lower_p99_is_as_promised() -> None:
    assert shortcomings(cells(ours=250)) == []


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (cells(ours=249), "2.49 times as fast at 8 clients; promised is 2.5"),
        (cells(our_p99=0.05), "the p99 at 8 clients is not lower than stock Rasa's"),
        (cells(errors=2), "Bingwen failed 2 times at 8 clients, e.g. status 500"),
    ],
)
def test_anything_less_is_named(found: Cells, reason: str) -> None:
    assert reason in shortcomings(found)


def test_a_side_that_answers_nothing_is_neither_fast_nor_a_crash() -> None:
    found = cells()
    found["bingwen", 8] = Cell()
    found["bingwen", 8].add(Measurement(10.0, [], ["status 503"]))
    assert ratio(found, 8) == 0
    assert found["bingwen", 8].percentile(0.99) == math.inf
    assert len(shortcomings(found)) == 3
    assert table(found)


def test_a_measurement_too_short_to_tell_anything_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["speed", "--seconds", "5"])
    with pytest.raises(SystemExit, match="2"):
        main()


def spin() -> None:
    while True:
        pass


def test_other_programs_that_keep_a_processor_busy_are_noticed() -> None:
    other = multiprocessing.get_context("spawn").Process(target=spin, daemon=True)
    other.start()
    try:
        assert busy_processors(1.0) > 0.2
    finally:
        other.kill()
        other.join()


def test_where_the_system_does_not_tell_nobody_is_taken_for_busy(tmp_path: Path) -> None:
    assert busy_processors(0.0, tmp_path / "missing") == 0.0
