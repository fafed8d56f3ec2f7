"""Figures: measured values with their uncertainty, and the floors that they must not fall below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from scipy.stats import binomtest

FLOORS = Path(__file__).with_name("floors.yml")
#: Confidence of the intervals.
_CONFIDENCE = 0.95
_RESAMPLES = 1000


@dataclass(frozen=True)
class Figure:
    """A measured value and the interval that holds the true one with 95 % confidence, from `count` observations."""

    name: str
    value: float
    low: float
    high: float
    count: int
    unit: str = "share"

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Part:
    """What one part of the evaluation found: figures, plots (title to SVG), and what went wrong, in words."""

    title: str
    figures: Sequence[Figure]
    plots: Mapping[str, str] = field(default_factory=dict)
    failures: Sequence[str] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Floor:
    """What a figure must keep (`floor`) and what it is meant to reach (`bar`); `most` if smaller is better."""

    floor: float
    bar: float
    most: bool = False

    def holds(self, value: float) -> bool:
        return value <= self.floor if self.most else value >= self.floor

    def reached(self, value: float) -> bool:
        return value <= self.bar if self.most else value >= self.bar


def share(name: str, hits: Iterable[bool]) -> Figure:
    """The share of hits with Wilson's interval (Wilson 1927, "Probable inference")."""
    seen = list(hits)
    if not seen:
        raise ValueError(f"{name}: nothing was observed")
    interval = binomtest(sum(seen), len(seen)).proportion_ci(_CONFIDENCE, method="wilson")
    return Figure(name, sum(seen) / len(seen), float(interval.low), float(interval.high), len(seen))


def quantity(name: str, values: Sequence[float], unit: str) -> Figure:
    """The median of `values` with its bootstrap interval (percentiles of resampled medians, fixed seed)."""
    seen = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(0).choice(seen, (_RESAMPLES, len(seen)))
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(np.median(drawn, axis=1), [tail, 1 - tail])
    return Figure(name, float(np.median(seen)), float(low), float(high), len(seen), unit)


def read_floors(file: Path = FLOORS) -> dict[str, Floor]:
    """Floors by the names of figures. Raises ValueError for one that is not three known keys."""
    floors = {}
    for name, item in (YAML(typ="safe").load(file.read_text(encoding="utf-8")) or {}).items():
        direction = [key for key in ("at_least", "at_most") if key in item]
        if len(direction) != 1 or set(item) != {direction[0], "bar"}:
            raise ValueError(f"{file.name}#{name}: give `bar` and either `at_least` or `at_most`")
        floors[name] = Floor(float(item[direction[0]]), float(item["bar"]), direction[0] == "at_most")
    return floors


def fallen(figures: Iterable[Figure], floors: Mapping[str, Floor]) -> list[str]:
    """The figures that fell below their floor, in words."""
    return [
        f"{figure.name}: {figure.value:.4f}, the floor is {floors[figure.name].floor:g}"
        for figure in figures
        if figure.name in floors and not floors[figure.name].holds(figure.value)
    ]
