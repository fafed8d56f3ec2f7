"""Machines: one linear function a label, fitted to sparse and dense rows together in seconds.

Both losses are minimised by a few steps of L-BFGS (Liu and Nocedal, 1989), scaled by an estimate of the curvature and
begun at the labels' means. Stopping early regularises: with a fifth of the knowledge's questions held out, twelve steps
of the hinge got 0.896 of them right, sixty 0.890, and liblinear's optimum, four times as slow, 0.892.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Machines:
    """`weights` (terms + dimensions, labels) and `bias` (labels,), float32."""

    weights: np.ndarray
    bias: np.ndarray

    def margins(self, sparse: csr_matrix, dense: np.ndarray) -> np.ndarray:
        """Margins of shape (n, labels) for rows (n, terms) and (n, dimensions)."""
        terms = sparse.shape[1]
        return np.asarray(sparse @ self.weights[:terms] + dense @ self.weights[terms:] + self.bias)


#: Turns margins (n, labels), in place, into the gradient by them, and returns the loss. The second argument is the
#: truth as signs: 1 for a row's label, else -1.
Loss = Callable[[np.ndarray, np.ndarray], float]


def _hinge(margins: np.ndarray, signs: np.ndarray) -> float:
    """Squared hinge of each label against all others: sure about what is frequent and told apart by words."""
    margins *= signs
    np.subtract(1, margins, out=margins)
    np.maximum(margins, 0, out=margins)
    loss = float(np.einsum("ij,ij->", margins, margins, dtype=np.float64))
    margins *= signs
    margins *= -2
    return loss


def _softmax(margins: np.ndarray, signs: np.ndarray) -> float:
    """Log loss of the labels together: better with few examples and with labels that are mixtures."""
    margins -= margins.max(axis=1, keepdims=True)
    own = margins[signs > 0]
    np.exp(margins, out=margins)
    sums = margins.sum(axis=1, keepdims=True)
    loss = float((np.log(sums[:, 0]) - own).sum(dtype=np.float64))
    margins /= sums
    margins -= signs > 0
    return loss


@dataclass(frozen=True)
class Kind:
    """A loss, how much it weighs against the length of the weights, its steps, and the bias that it begins with."""

    loss: Loss
    strength: float
    steps: int
    bias: float


HINGE = Kind(_hinge, strength=0.5, steps=12, bias=-1.0)
SOFTMAX = Kind(_softmax, strength=10.0, steps=20, bias=0.0)

#: Share of rows that are taken to matter at the optimum, for the estimate of the curvature.
_ACTIVE = 0.1
#: Earlier steps that L-BFGS remembers.
_REMEMBERED = 6


def fit(sparse: csr_matrix, dense: np.ndarray, truth: np.ndarray, labels: int, kind: Kind) -> Machines:
    """Fit to rows (n, terms) and (n, dimensions), float32, whose labels `truth` (n,) are numbers below `labels`."""
    signs = np.full((len(truth), labels), -1, dtype=np.float32)
    signs[np.arange(len(truth)), truth] = 1
    transposed = sparse.T.tocsr()
    terms = sparse.shape[1]
    squares = [np.asarray(sparse.multiply(sparse).sum(axis=0))[0], (dense * dense).sum(axis=0), [len(truth)]]
    curvature = 1 + 2 * kind.strength * _ACTIVE * np.concatenate(squares)
    scale = (1 / np.sqrt(curvature)).astype(np.float32)[:, None]

    def objective(scaled: np.ndarray) -> tuple[float, np.ndarray]:
        weights = scaled.astype(np.float32).reshape(-1, labels) * scale
        errors = Machines(weights[:-1], weights[-1]).margins(sparse, dense)
        loss = kind.strength * kind.loss(errors, signs)
        errors *= kind.strength
        gradient = np.vstack([transposed @ errors, dense.T @ errors, errors.sum(axis=0)]) + weights
        gradient *= scale
        length = float(np.einsum("ij,ij->", weights, weights, dtype=np.float64))
        return loss + length / 2, gradient.ravel().astype(np.float64)

    members = csr_matrix((np.ones(len(truth), np.float32), (np.arange(len(truth)), truth)), (len(truth), labels))
    share = 1 / np.maximum(np.asarray(members.sum(axis=0))[0], 1)
    start = np.vstack(
        [
            (transposed @ members).toarray() * share,
            (members.T @ dense).T * share - dense.mean(axis=0)[:, None],
            np.full(labels, kind.bias),
        ]
    )
    options = {"maxiter": kind.steps, "maxcor": _REMEMBERED}
    found = minimize(objective, (start / scale).ravel(), jac=True, method="L-BFGS-B", options=options)
    weights = (found.x.reshape(-1, labels) * scale).astype(np.float32)
    assert weights.shape == (terms + dense.shape[1] + 1, labels)
    return Machines(weights[:-1], weights[-1])
