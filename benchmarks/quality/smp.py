"""SMP: the project's components on SMP2018-ECDT, 31 classes of Chinese queries, beside stock Rasa and published ones.

Stock Rasa is the pipeline of `rasa init` with jieba, trained on the same lines in the same run. At first it takes
some 25 minutes on two busy cores, so only the first of the small training sets is measured with it; what it learnt is
in Rasa's cache the next time.

Published weighted F1 on the same dev set: CNN 0.866, BERT+BiLSTM 0.937, RoBERTa-wwm+BiGRU 0.946 (Kashgari's
documentation). The guard and the components for several questions in one message have no part in it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.quality.figures import Figure, Part, share
from benchmarks.quality.training import classifying_pipeline, labelled, trained
from benchmarks.stock import default_pipeline

#: A text and its class.
Line = tuple[str, str]
Components = Sequence[dict[str, Any]]

#: Examples of each class in the small training sets, and how many such sets are drawn.
_FEW, _SEEDS = 10, 5
_RESAMPLES = 500


def measure(bench: Path | None) -> Part:
    """Weighted F1 with all training data, and accuracy with few examples a class."""
    folder = bench / "smp2018" if bench else None
    if folder is None or not folder.is_dir():
        return Part(
            "SMP2018-ECDT", [], remarks=["SMP2018: not measured, no folder with smp2018 was given (BENCH=folder)"]
        )
    train, dev = _read(folder / "train.tsv"), _read(folder / "dev.tsv")
    ours = compared("smp", classifying_pipeline(), train, dev, _SEEDS)
    stock = compared("smp.stock", default_pipeline(), train, dev, 1)
    return Part(
        "SMP2018-ECDT",
        [*ours, *stock],
        remarks=[f"smp.ten_a_class: {_SEEDS} training sets; smp.stock.ten_a_class: the first of them alone"],
    )


def compared(name: str, components: Components, train: Sequence[Line], dev: Sequence[Line], seeds: int) -> list[Figure]:
    """Weighted F1 of `components` trained on all of `train`, and accuracy on `seeds` draws of _FEW a class."""
    truth = np.array([label for _, label in dev])
    few = [_predictions(components, drawn(train, seed), dev) == truth for seed in range(seeds)]
    return [
        _f1(f"{name}.weighted_f1", truth, _predictions(components, train, dev)),
        share(f"{name}.ten_a_class", np.concatenate(few)),
    ]


def _read(file: Path) -> list[Line]:
    """The lines below the names of the columns."""
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [(text, label) for text, label in (line.split("\t") for line in lines)]


def drawn(pairs: Sequence[Line], seed: int) -> list[Line]:
    """At most _FEW examples of each class."""
    classes: dict[str, list[str]] = defaultdict(list)
    for text, label in pairs:
        classes[label].append(text)
    draw = random.Random(seed)
    return [(text, name) for name, texts in classes.items() for text in draw.sample(texts, min(_FEW, len(texts)))]


def _predictions(components: Components, train: Sequence[Line], dev: Sequence[Line]) -> np.ndarray:
    with TemporaryDirectory() as folder:
        model = trained(labelled(train), components, Path(folder))
        return np.array([model.understand(text).intent for text, _ in dev])


def _f1(name: str, truth: np.ndarray, predicted: np.ndarray) -> Figure:
    random_rows = np.random.default_rng(0)
    drawn = [random_rows.integers(0, len(truth), len(truth)) for _ in range(_RESAMPLES)]
    values = [f1_score(truth[rows], predicted[rows], average="weighted") for rows in drawn]
    low, high = np.quantile(values, [0.025, 0.975])
    value = float(f1_score(truth, predicted, average="weighted"))
    return Figure(name, value, float(low), float(high), len(truth), "F1")
