"""Classification: a linear classifier over character n-grams and sentence vectors, with calibrated confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedShuffleSplit

from assistant.machines import HINGE, SOFTMAX, Kind, Machines, fit
from assistant.weighting import Weighting

#: Share of the examples that is held out to set the temperature.
_HELD_OUT = 0.25
#: From so many examples on, the hinge is the better loss; with fewer it is the softmax. What a quarter of a few hundred
#: examples says of the two is chance: on SMP2018-ECDT it took the hinge, by which F1 is 0.926 and not 0.936.
_MANY = 5000


class LinearClassifier:
    """Linear machines over both features; softmax of their margins, at a fitted temperature.

    The machines' loss goes by the number of examples: the hinge where they are many, else the softmax.
    Temperature scaling follows Guo et al. (2017), "On Calibration of Modern Neural Networks", and is fitted on the
    margins of examples held out.
    """

    def __init__(
        self, labels: Sequence[str], machines: Machines, idf: np.ndarray, temperature: float, dense_weight: float
    ) -> None:
        self.labels = list(labels)
        self.temperature = temperature
        self.dense_weight = dense_weight
        self._weighting = Weighting(idf)
        self._machines = machines

    @classmethod
    def fit(
        cls,
        counts: csr_matrix,
        vectors: np.ndarray,
        labels: Sequence[str],
        *,
        dense_weight: float,
        calibrate_on: np.ndarray | None = None,
    ) -> LinearClassifier:
        """Fit on `counts` (n, terms) and `vectors` (n, dimensions) with one label a row.

        `calibrate_on`, a mask of n, names the rows that may set the temperature (all by default).
        """
        names, truth = np.unique(np.asarray(labels), return_inverse=True)
        mask = np.ones(len(truth), bool) if calibrate_on is None else calibrate_on
        weighting = Weighting.fit(counts)
        rows = _Rows(weighting.transform(counts), np.asarray(vectors * dense_weight, np.float32), truth, len(names))
        many = len(truth) >= _MANY
        kind = HINGE if many else SOFTMAX
        temperature, machines = _calibrated(rows, kind, mask)
        # Few rows that were seen twice would weigh more than the others.
        machines = rows.fitted(kind, machines if many else None).rounded()
        return cls(names.tolist(), machines, weighting.idf, temperature, dense_weight)

    def margins(self, counts: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        """Margins of shape (n, labels)."""
        return self._machines.margins(self._weighting.transform(counts), vectors * self.dense_weight)

    def confidences(self, counts: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        """Calibrated confidences of shape (n, labels); each row sums to one."""
        return softmax(self.margins(counts, vectors) / self.temperature)

    def save(self, file: Path) -> None:
        np.savez(
            file,
            labels=np.array(self.labels),
            weights=self._machines.weights.astype(np.float16),
            bias=self._machines.bias,
            idf=self._weighting.idf,
            temperature=self.temperature,
            dense_weight=self.dense_weight,
        )

    @classmethod
    def load(cls, file: Path) -> LinearClassifier:
        """Read what `save` wrote. Arrays only: a model file never runs code."""
        with np.load(file, allow_pickle=False) as stored:
            return cls(
                stored["labels"].tolist(),
                Machines(stored["weights"].astype(np.float32), stored["bias"]),
                stored["idf"],
                float(stored["temperature"]),
                float(stored["dense_weight"]),
            )


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row of `scores` as probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class _Rows:
    """What machines are fitted to: features of each row, the number of its label, and how many labels there are."""

    sparse: csr_matrix
    dense: np.ndarray
    truth: np.ndarray
    labels: int

    def __getitem__(self, rows: np.ndarray) -> _Rows:
        return _Rows(self.sparse[rows], self.dense[rows], self.truth[rows], self.labels)

    def fitted(self, kind: Kind, begun: Machines | None = None) -> Machines:
        return fit(self.sparse, self.dense, self.truth, self.labels, kind, begun)


def _calibrated(rows: _Rows, kind: Kind, mask: np.ndarray) -> tuple[float, Machines | None]:
    """The temperature with the lowest log loss on held-out rows, and the machines that did not see those.

    Where too few examples are given to hold any out, it is that of the softmax, whose margins are logarithms already.
    """
    if np.bincount(rows.truth).min() < 2 or len(rows.truth) * _HELD_OUT < rows.labels:
        return 1.0, None
    splitter = StratifiedShuffleSplit(1, test_size=_HELD_OUT, random_state=0)
    seen, unseen = next(splitter.split(np.zeros(len(rows.truth)), rows.truth))
    machines, test = rows[seen].fitted(kind), rows[unseen[mask[unseen]]]
    return _temperature(machines.margins(test.sparse, test.dense), test.truth), machines


def _temperature(margins: np.ndarray, truth: np.ndarray) -> float:
    def loss(log_temperature: float) -> float:
        chosen = softmax(margins / np.exp(log_temperature))[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))
