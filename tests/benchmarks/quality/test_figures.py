"""Figures: intervals that hold the value, and floors that are read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.figures import Figure, Floor, fallen, quantity, read_floors, share


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_a_share_lies_in_its_interval(hits: list[bool]) -> None:
    figure = share("x", hits)
    assert figure.value == sum(hits) / len(hits)
    assert 0 <= figure.low <= figure.value + 1e-9
    assert figure.value - 1e-9 <= figure.high <= 1
    assert figure.count == len(hits)


def test_more_observations_narrow_the_interval() -> None:
    few, many = share("x", [True, False] * 5), share("x", [True, False] * 500)
    assert many.high - many.low < few.high - few.low


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="x: nothing was observed"):
        share("x", [])


def test_a_quantity_is_the_median_in_its_unit() -> None:
    figure = quantity("x", [1, 2, 3, 4, 100], "ms")
    assert (figure.value, figure.unit) == (3, "ms")
    assert figure.low <= 3 <= figure.high


@pytest.mark.parametrize(
    ("most", "value", "holds", "reached"),
    [(False, 0.95, True, True), (False, 0.9, True, False), (False, 0.8, False, False), (True, 0.96, False, False)],
)
def test_a_floor_looks_in_its_direction(most: bool, value: float, holds: bool, reached: bool) -> None:
    floor = Floor(0.85, 0.95, most)
    assert (floor.holds(value), floor.reached(value)) == (holds, reached)


def test_what_fell_is_named_with_its_floor() -> None:
    figures = [Figure("good", 0.9, 0, 1, 9), Figure("bad", 0.4, 0, 1, 9), Figure("free", 0.1, 0, 1, 9)]
    floors = {"good": Floor(0.8, 0.9), "bad": Floor(0.5, 0.9)}
    assert fallen(figures, floors) == ["bad: 0.4000, the floor is 0.5"]


def test_the_projects_floors_can_be_read() -> None:
    floors = read_floors()
    assert {"content.plain", "outside.lexical_traps.answered", "urgency.recall", "dialogues.all"} <= set(floors)


@pytest.mark.parametrize(
    "item", ["{at_least: 0.9}", "{bar: 0.9}", "{at_least: 0.9, at_most: 0.9, bar: 0.9}", "{at_last: 1, bar: 1}"]
)
def test_a_floor_that_is_not_complete_is_refused_by_name(tmp_path: Path, item: str) -> None:
    file = tmp_path / "floors.yml"
    file.write_text(f"content.all: {item}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"content\.all"):
        read_floors(file)
