"""Lattice: all ways to read a text as words, and the cheapest of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

#: What stands before the first word.
START = ""
#: Paths that are followed at once.
_PATHS = 4


class Arc(NamedTuple):
    """One reading of a piece of a text: up to `end`, as `word`, at a `price` beside what the word costs."""

    end: int
    word: str
    price: float = 0.0


def cheapest(arcs: Sequence[Sequence[Arc]], cost: Callable[[str, str], float]) -> list[str]:
    """The words on the cheapest way along `arcs`, those at index i beginning at place i of the text.

    `cost` tells what a word costs after another. There must be a way to the end.
    """
    ways: list[dict[str, tuple[float, int, str]]] = [{} for _ in range(len(arcs) + 1)]
    ways[0][START] = (0.0, 0, START)
    for start, (here, onward) in enumerate(zip(ways, arcs, strict=False)):
        best = sorted(here.items(), key=lambda way: way[1][0])[:_PATHS]
        for before, (so_far, _, _) in best:
            for end, word, price in onward:
                total = so_far + cost(before, word) + price
                known = ways[end].get(word)
                if known is None or total < known[0]:
                    ways[end][word] = (total, start, before)
    place, word = len(arcs), min(ways[-1], key=lambda word: ways[-1][word][0])
    words = []
    while place:
        words.append(word)
        _, place, word = ways[place][word]
    return words[::-1]
