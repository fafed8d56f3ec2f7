"""Lattice: the cheapest of all readings."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assistant.lattice import START, Arc, cheapest

PRICES = st.integers(1, 9).map(float)


def free(before: str, word: str) -> float:
    return 0.0


def test_the_cheaper_reading_is_taken() -> None:
    arcs = [[Arc(1, "a", 1.0), Arc(2, "ab", 3.0)], [Arc(2, "b", 1.0)]]
    assert cheapest(arcs, free) == ["a", "b"]


def test_what_a_word_costs_depends_on_the_word_before() -> None:
    arcs = [[Arc(1, "a"), Arc(1, "A", 1.0)], [Arc(2, "b")]]
    assert cheapest(arcs, lambda before, word: 5.0 if (before, word) == ("a", "b") else 0.0) == ["A", "b"]


def test_the_first_word_comes_after_the_start() -> None:
    arcs = [[Arc(1, "a"), Arc(1, "b", 1.0)]]
    assert cheapest(arcs, lambda before, word: 2.0 if (before, word) == (START, "a") else 0.0) == ["b"]


def test_nothing_is_read_as_no_words() -> None:
    assert cheapest([], free) == []


@given(st.lists(st.tuples(PRICES, PRICES, PRICES), min_size=1, max_size=6))
def test_no_other_way_is_cheaper(prices: list[tuple[float, float, float]]) -> None:
    """Words of one, two and three places at each place; all ways are tried."""
    ends = len(prices)
    arcs = [
        [Arc(start + n + 1, f"{start}-{start + n + 1}", price) for n, price in enumerate(each) if start + n < ends]
        for start, each in enumerate(prices)
    ]
    known = {arc.word: arc for here in arcs for arc in here}
    ways = [
        lengths for count in range(1, ends + 1) for lengths in product((1, 2, 3), repeat=count) if sum(lengths) == ends
    ]
    totals = []
    for lengths in ways:
        starts = [sum(lengths[:n]) for n in range(len(lengths))]
        totals.append(sum(prices[start][length - 1] for start, length in zip(starts, lengths, strict=True)))
    assert sum(known[word].price for word in cheapest(arcs, free)) == min(totals)
