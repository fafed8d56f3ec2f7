"""Report: every figure with its interval, on one page that needs nothing beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.quality import plots, report
from benchmarks.quality.figures import Figure, Part
from benchmarks.quality.floors import Floor
from benchmarks.quality.report import Report

FIGURES = [
    Figure("content.plain", 0.98, 0.95, 0.99, 200),
    Figure("content.talked", 0.9, 0.85, 0.93, 200),
    Figure("urgency.recall", 0.4, 0.3, 0.5, 100),
    Figure("parsing.p50", 4.2, 4.1, 4.3, 100, "ms"),
]
FLOORS = {name: Floor(0.8, 0.8, 0.95) for name in ("content.plain", "content.talked", "urgency.recall")}


@pytest.fixture
def made() -> Report:
    drawn = {"A curve": plots.curves({"line": ([0, 1], [0, 1])}, "x", "y", True)}
    parts = [Part("Content", FIGURES, drawn, ["体验官<b>招</b>几个人"], ["not measured: far"])]
    return Report(parts, FLOORS, "model", "digest", "abc1234")


def test_a_figure_stands_where_its_floor_and_bar_put_it(made: Report) -> None:
    assert [made.standing(figure) for figure in FIGURES] == ["reached", "missed", "below its floor", ""]


def test_the_table_has_a_line_for_every_figure_and_remark(made: Report) -> None:
    lines = made.lines()
    for figure in FIGURES:
        assert any(line.startswith(figure.name) and f"{figure.value:.4f}" in line for line in lines)
    assert lines[-1] == "not measured: far"


def test_the_page_is_self_contained_and_escapes_what_people_wrote(made: Report) -> None:
    page = made.page()
    assert "<svg" in page
    assert "体验官&lt;b&gt;招" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert all(figure.name in page for figure in FIGURES)
    assert "abc1234" in page


def test_everything_is_kept(made: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "FOLDER", tmp_path / "reports")
    assert made.write().read_text(encoding="utf-8").startswith("<!doctype html>")
    kept = json.loads((tmp_path / "reports" / "quality.json").read_text(encoding="utf-8"))
    assert kept["figures"]["content.plain"]["standing"] == "reached"
    assert kept["failures"] == {"Content": ["体验官<b>招</b>几个人"]}
