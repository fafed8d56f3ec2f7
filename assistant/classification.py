"""Classification: a linear classifier over character n-grams and sentence vectors, with calibrated confidence."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from assistant.weighting import Weighting

#: Share of the examples that is held out to set the temperature.
_HELD_OUT = 0.25
#: The temperature where too few examples are given to hold any out.
_CAUTIOUS_TEMPERATURE = 0.2


class LinearClassifier:
    """One-versus-rest linear support vector machines; softmax of their margins, at a fitted temperature.

    `weights` has shape (terms + dimensions, labels), `bias` (labels,). Temperature scaling follows Guo et al. (2017),
    "On Calibration of Modern Neural Networks"; it is fitted on margins of held-out folds.
    """

    def __init__(
        self,
        labels: Sequence[str],
        weights: np.ndarray,
        bias: np.ndarray,
        idf: np.ndarray,
        temperature: float,
        dense_weight: float,
    ) -> None:
        self.labels = list(labels)
        self.temperature = temperature
        self.dense_weight = dense_weight
        self._weighting = Weighting(idf)
        self._terms = len(idf)
        self._weights = weights
        self._bias = bias

    @classmethod
    def fit(
        cls,
        counts: csr_matrix,
        vectors: np.ndarray,
        labels: Sequence[str],
        *,
        dense_weight: float,
        regularisation: float,
        calibrate_on: np.ndarray | None = None,
    ) -> LinearClassifier:
        """Fit on `counts` (n, terms) and `vectors` (n, dimensions) with one label a row.

        `calibrate_on`, a mask of n, names the rows whose held-out margins set the temperature (all by default).
        """
        truth = np.asarray(labels)
        mask = np.ones(len(truth), bool) if calibrate_on is None else calibrate_on
        weighting = Weighting.fit(counts)
        rows = _joined(weighting, counts, vectors, dense_weight)
        # The machines are fitted outside the interpreter's lock, so the whole and the held-out fit share the time.
        with ThreadPoolExecutor(2) as pool:
            whole = pool.submit(_machine(regularisation).fit, rows, truth)
            temperature = _held_out_temperature(rows, truth, mask, regularisation)
            model = whole.result()
        weights, bias = model.coef_.T, model.intercept_
        if weights.shape[1] == 1:  # Two labels share one machine: the first is what the second is not.
            weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
        weights = np.ascontiguousarray(weights, dtype=np.float32)
        return cls(
            model.classes_.tolist(),
            weights,
            bias.astype(np.float32),
            weighting.idf,
            temperature,
            dense_weight,
        )

    def margins(self, counts: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        """Margins of shape (n, labels)."""
        rows = self._weighting.transform(counts)
        sparse = rows @ self._weights[: self._terms]
        return np.asarray(sparse + (vectors * self.dense_weight) @ self._weights[self._terms :] + self._bias)

    def confidences(self, counts: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        """Calibrated confidences of shape (n, labels); each row sums to one."""
        return softmax(self.margins(counts, vectors) / self.temperature)

    def save(self, file: Path) -> None:
        np.savez(
            file,
            labels=np.array(self.labels),
            weights=self._weights,
            bias=self._bias,
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
                stored["weights"],
                stored["bias"],
                stored["idf"],
                float(stored["temperature"]),
                float(stored["dense_weight"]),
            )


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row of `scores` as probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _joined(weighting: Weighting, counts: csr_matrix, vectors: np.ndarray, dense_weight: float) -> csr_matrix:
    return hstack([weighting.transform(counts), csr_matrix(vectors * dense_weight)]).tocsr()


def _machine(regularisation: float) -> LinearSVC:
    return LinearSVC(C=regularisation, random_state=0)


def _held_out_temperature(rows: csr_matrix, truth: np.ndarray, mask: np.ndarray, regularisation: float) -> float:
    """The temperature with the lowest log loss on margins of rows that the machines did not see."""
    labels, sizes = np.unique(truth, return_counts=True)
    if sizes.min() < 2 or len(truth) * _HELD_OUT < len(labels):
        return _CAUTIOUS_TEMPERATURE
    seen, unseen = next(StratifiedShuffleSplit(1, test_size=_HELD_OUT, random_state=0).split(rows, truth))
    unseen = unseen[mask[unseen]]
    machine = _machine(regularisation).fit(rows[seen], truth[seen])
    margins = machine.decision_function(rows[unseen])
    if margins.ndim == 1:  # Two labels share one machine, as in `fit`.
        margins = np.column_stack([-margins, margins])
    target = np.searchsorted(labels, truth[unseen])

    def loss(log_temperature: float) -> float:
        chosen = softmax(margins / np.exp(log_temperature))[np.arange(len(target)), target]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))
