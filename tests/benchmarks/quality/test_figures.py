"""Figures: intervals that hold the value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.figures import quantity, ratio, share


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


def test_a_ratio_compares_medians_whatever_the_outliers() -> None:
    figure = ratio("x", [1, 2, 3, 4, 1000], [2, 4, 6, 8, 10])
    assert (figure.value, figure.count) == (0.5, 5)
    assert figure.low <= 0.5 <= figure.high


def test_noise_that_reaches_both_sides_leaves_a_ratio_alone() -> None:
    values = [1.0, 9.0, 2.0, 7.0, 3.0, 50.0] * 20
    figure = ratio("x", values, [2 * value for value in values])
    assert (figure.low, figure.value, figure.high) == (0.5, 0.5, 0.5)
