"""Table: measures with and without a component, and what it costs, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quality.figures import Figure


@dataclass(frozen=True)
class Effect:
    """One measure with the component, and without it."""

    kept: Figure
    without: Figure

    def __str__(self) -> str:
        gained = f"{self.kept.value - self.without.value:+.3f}"
        apart = self.kept.low > self.without.high or self.kept.high < self.without.low
        mark = "**" if apart else ""
        return (
            f"{self.kept.name} {self.kept.value:.3f}, without {self.without.value:.3f}: {mark}{gained}{mark} "
            f"of {self.kept.count}"
        )


@dataclass(frozen=True)
class Row:
    """A component, what it gains, and what a message (ms) and the model (MB) pay; None where nothing is paid."""

    component: str
    effects: Sequence[Effect] = ()
    milliseconds: float | None = None
    megabytes: float | None = None

    def cells(self) -> list[str]:
        paid = ["–" if value is None else f"{value:.2f}" for value in (self.milliseconds, self.megabytes)]
        return [self.component, "<br>".join(map(str, self.effects)) or "–", *paid]


def table(rows: Sequence[Row]) -> list[str]:
    """The lines of a Markdown table."""
    lines = [["component", "quality", "ms", "MB"], ["---", "---", "---:", "---:"], *(row.cells() for row in rows)]
    return [f"| {' | '.join(cells)} |" for cells in lines]
