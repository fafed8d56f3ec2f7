"""Stopwatch: a real model in a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.quality.stopwatch import Stopwatch
from benchmarks.quality.training import labelled, train

COMPONENTS = [{"name": name} for name in ("JiebaTokenizer", "CountVectorsFeaturizer", "LogisticRegressionClassifier")]


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pairs = [(f"{label}{ending}", label) for label in ("天气", "交通") for ending in ("怎么样", "好吗")]
    return train(labelled(pairs), COMPONENTS, tmp_path_factory.mktemp("small"))


def test_every_message_is_timed_block_by_block_on_one_core(small_model: Path) -> None:
    with Stopwatch(small_model) as watch:
        times = [watch.times(["天气好吗", "交通怎么样"]), watch.times(["天气"])]
        assert [len(block) for block in times] == [2, 1]
        assert all(value > 0 for block in times for value in block)
        assert len(os.sched_getaffinity(watch.pid)) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(watch.pid, 0)


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    with Stopwatch(tmp_path / "none.tar.gz") as watch, pytest.raises(RuntimeError, match=r"none\.tar\.gz ended with 1"):
        watch.times(["天气"])
