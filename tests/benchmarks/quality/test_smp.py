"""SMP: any pipeline is measured alike, on all lines and on few."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.smp import compared, drawn, measure

#: Rasa's own as well, but trained in a moment.
COMPONENTS = [{"name": name} for name in ("JiebaTokenizer", "CountVectorsFeaturizer", "LogisticRegressionClassifier")]
LINES = [(text, label) for label in ("天气", "交通") for text in (f"{label}怎么样", f"今天{label}好吗", f"问问{label}")]


def test_any_components_are_trained_on_the_lines_and_measured_on_the_others() -> None:
    f1, few = compared("smp.stock", COMPONENTS, LINES, [("天气", "天气"), ("交通", "交通"), ("天气", "交通")], seeds=2)
    assert (f1.name, f1.count) == ("smp.stock.weighted_f1", 3)
    assert f1.value == pytest.approx(2 / 3)
    assert (few.name, few.count, few.value) == ("smp.stock.ten_a_class", 6, pytest.approx(2 / 3))


def test_a_draw_has_ten_of_each_class_or_all_and_is_the_same_for_a_seed() -> None:
    lines = [(f"{label} {number}", label) for label, count in (("a", 30), ("b", 4)) for number in range(count)]
    few = drawn(lines, seed=1)
    assert [label for _, label in few] == ["a"] * 10 + ["b"] * 4
    assert len(set(few)) == len(few)
    assert set(few) <= set(lines)
    assert few == drawn(lines, seed=1)
    assert few != drawn(lines, seed=2)


def test_without_the_data_nothing_is_measured_and_the_report_says_so(tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        part = measure(folder)
        assert (part.figures, len(part.remarks)) == ([], 1)
        assert "not measured" in part.remarks[0]
