"""Machines: both losses find the labels, near their optimum, from sparse and dense rows together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.machines import HINGE, SOFTMAX, Kind, Machines, fit

TERMS, DIMENSIONS = 40, 6
KINDS = pytest.mark.parametrize("kind", [HINGE, SOFTMAX], ids=["hinge", "softmax"])
Rows = tuple[csr_matrix, np.ndarray, np.ndarray]


def rows(labels: int, each: int, seed: int = 0, noise: float = 0.2) -> Rows:
    """Unit rows of both kinds and their labels: every label has terms and a direction of its own."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(labels), each)
    sparse = random.poisson(noise, (len(truth), TERMS)).astype(np.float32)
    dense = random.normal(0, noise, (len(truth), DIMENSIONS)).astype(np.float32)
    for row, label in enumerate(truth):
        sparse[row, 3 * label : 3 * label + 3] += random.integers(1, 3, 3)
        dense[row, label] += 1
    return csr_matrix(_unit(sparse)), _unit(dense), truth


def _unit(matrix: np.ndarray) -> np.ndarray:
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True))


def labels_of(machines: Machines, sparse: csr_matrix, dense: np.ndarray) -> np.ndarray:
    return np.asarray(machines.margins(sparse, dense).argmax(axis=1))


@KINDS
@pytest.mark.parametrize("labels", [2, 3, 6])
def test_what_can_be_separated_is_separated_on_rows_not_seen_before(kind: Kind, labels: int) -> None:
    machines = fit(*rows(labels, 20), labels, kind)
    sparse, dense, truth = rows(labels, 10, seed=1)
    assert (labels_of(machines, sparse, dense) == truth).all()


@KINDS
def test_margins_are_one_a_label_and_the_arrays_are_float32(kind: Kind) -> None:
    sparse, dense, truth = rows(4, 8)
    machines = fit(sparse, dense, truth, 4, kind)
    assert machines.weights.shape == (TERMS + DIMENSIONS, 4)
    assert machines.bias.shape == (4,)
    assert machines.margins(sparse, dense).shape == (32, 4)
    assert machines.weights.dtype == machines.bias.dtype == np.float32


@KINDS
def test_rows_that_overlap_are_told_apart_as_by_the_optimum(kind: Kind) -> None:
    """The optimum of the same loss by scikit-learn. Ours stops earlier, so a few rows at the border may differ."""
    sparse, dense, truth = rows(6, 40, noise=0.6)
    unseen, vectors, right = rows(6, 40, seed=1, noise=0.6)
    optimum = {
        HINGE: LinearSVC(C=kind.strength, random_state=0),
        SOFTMAX: LogisticRegression(C=kind.strength, max_iter=2000),
    }[kind].fit(hstack([sparse, dense]).tocsr(), truth)
    theirs = optimum.predict(hstack([unseen, vectors]).tocsr())
    ours = labels_of(fit(sparse, dense, truth, 6, kind), unseen, vectors)
    assert 0.5 < np.mean(theirs == right) < 1
    assert np.mean(ours == theirs) > 0.9
    assert np.mean(ours == right) > np.mean(theirs == right) - 0.03


@KINDS
@pytest.mark.parametrize("told_by", ["terms", "directions"])
def test_terms_teach_and_directions_teach(kind: Kind, told_by: str) -> None:
    def part(seed: int) -> Rows:
        sparse, dense, truth = rows(3, 20, seed)
        return (sparse, dense * 0, truth) if told_by == "terms" else (sparse * 0, dense, truth)

    sparse, dense, truth = part(seed=1)
    assert np.mean(labels_of(fit(*part(seed=0), 3, kind), sparse, dense) == truth) > 0.95


@KINDS
def test_the_same_rows_give_the_same_machines(kind: Kind) -> None:
    data = rows(4, 15, noise=0.5)
    first, second = fit(*data, 4, kind), fit(*data, 4, kind)
    np.testing.assert_array_equal(first.weights, second.weights)
    np.testing.assert_array_equal(first.bias, second.bias)


@KINDS
def test_one_label_is_every_rows_label(kind: Kind) -> None:
    sparse, dense, truth = rows(1, 5)
    margins = fit(sparse, dense, truth, 1, kind).margins(sparse, dense)
    assert margins.shape == (5, 1)
    assert np.isfinite(margins).all()


@KINDS
def test_a_label_without_rows_wins_nothing(kind: Kind) -> None:
    sparse, dense, truth = rows(3, 10)
    assert (labels_of(fit(sparse, dense, truth, 4, kind), sparse, dense) == truth).all()


@KINDS
def test_the_rows_are_left_as_they_were(kind: Kind) -> None:
    sparse, dense, truth = rows(3, 10)
    before = sparse.copy(), dense.copy(), truth.copy()
    fit(sparse, dense, truth, 3, kind)
    assert (sparse != before[0]).nnz == 0
    np.testing.assert_array_equal(dense, before[1])
    np.testing.assert_array_equal(truth, before[2])


@pytest.mark.parametrize("kind", [HINGE, SOFTMAX], ids=["hinge", "softmax"])
def test_machines_that_saw_most_rows_are_led_on_to_the_same_labels(kind: Kind) -> None:
    sparse, dense, truth = rows(4, 30)
    seen = np.arange(len(truth)) % 4 > 0
    begun = fit(sparse[seen], dense[seen], truth[seen], 4, kind)
    led_on, whole = fit(sparse, dense, truth, 4, kind, begun), fit(sparse, dense, truth, 4, kind)
    for machines in (led_on, whole):
        assert np.mean(machines.margins(sparse, dense).argmax(axis=1) == truth) > 0.9
    assert not np.array_equal(led_on.weights, begun.weights)


def test_rounded_machines_have_weights_that_half_precision_holds() -> None:
    sparse, dense, truth = rows(3, 10)
    machines = fit(sparse, dense, truth, 3, HINGE)
    rounded = machines.rounded()
    np.testing.assert_array_equal(rounded.weights, rounded.weights.astype(np.float16))
    assert rounded.weights.dtype == np.float32
    np.testing.assert_allclose(rounded.margins(sparse, dense), machines.margins(sparse, dense), atol=0.02)
