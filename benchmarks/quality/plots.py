"""Plots: curves, bars and a heat map as SVG text, for a page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO

import matplotlib
import numpy as np
from matplotlib.figure import Figure

matplotlib.rcParams.update({"svg.fonttype": "path", "svg.hashsalt": "bingwen", "font.size": 9})

Curve = tuple[Sequence[float], Sequence[float]]


def curves(lines: Mapping[str, Curve], across: str, up: str, diagonal: bool = False) -> str:
    """One line for each name; `diagonal` adds the line on which both are equal."""
    figure = Figure((5.5, 3.5), layout="constrained")
    axes = figure.add_subplot(xlabel=across, ylabel=up)
    if diagonal:
        axes.plot([0, 1], [0, 1], color="0.8")
    for name, (xs, ys) in lines.items():
        axes.plot(xs, ys, marker=".", label=name)
    axes.grid(alpha=0.3)
    if lines:
        axes.legend(frameon=False)
    return _svg(figure)


def bars(values: Mapping[str, tuple[float, float, float]], across: str) -> str:
    """A bar with its interval (value, low, high) for each name."""
    figure = Figure((5.5, 0.4 + 0.28 * len(values)), layout="constrained")
    axes = figure.add_subplot(xlabel=across)
    heights = [value for value, _, _ in values.values()]
    errors = [[value - low for value, low, _ in values.values()], [high - value for value, _, high in values.values()]]
    axes.barh(list(values), heights, xerr=np.clip(errors, 0, None), color="#4477aa", ecolor="0.4")
    axes.invert_yaxis()
    axes.grid(axis="x", alpha=0.3)
    return _svg(figure)


def heat(table: np.ndarray, names: Sequence[str], across: str, up: str) -> str:
    """A square table of counts: row is the truth, column the prediction."""
    figure = Figure((6.5, 5.5), layout="constrained")
    axes = figure.add_subplot(xlabel=across, ylabel=up)
    axes.imshow(np.log1p(table), cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    for (row, column), count in np.ndenumerate(table):
        if count:
            axes.text(column, row, str(int(count)), ha="center", va="center", fontsize=6)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    """The figure as an SVG element, without the XML declaration before it."""
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()[text.getvalue().index("<svg") :]
