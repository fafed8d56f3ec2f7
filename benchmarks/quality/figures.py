"""Figures: measured values with their uncertainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.stats import binomtest

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


def ratio(name: str, values: Sequence[float], others: Sequence[float]) -> Figure:
    """The median of `values` by that of `others`, of the same things in the same order; the interval by bootstrap."""
    pairs = np.array([values, others], dtype=float)
    count = pairs.shape[1]
    drawn = np.median(pairs[:, np.random.default_rng(0).integers(0, count, (_RESAMPLES, count))], axis=2)
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(drawn[0] / drawn[1], [tail, 1 - tail])
    ours, theirs = np.median(pairs, axis=1)
    return Figure(name, float(ours / theirs), float(low), float(high), count, "ratio")
