"""Overlap: 1 for the same text, 0 for strangers."""

from __future__ import annotations

import pytest

from benchmarks.quality.overlap import overlaps


def test_the_nearest_text_counts() -> None:
    same, part, none = overlaps(["体验官招几个人", "体验官有工资吗", "xyz"], ["体验官招几个人", "课间几分钟"])
    assert same == pytest.approx(1)
    assert 0 < part < 0.5
    assert none == 0
