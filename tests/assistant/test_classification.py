"""Classification: calibrated confidences over labels, the same after saving and loading."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedShuffleSplit

from assistant.classification import LinearClassifier, softmax
from assistant.machines import HINGE, SOFTMAX, Kind, fit
from assistant.weighting import Weighting

TERMS, DIMENSIONS = 30, 8
Examples = tuple[csr_matrix, np.ndarray, list[str]]


def examples(labels: int, each: int, seed: int = 0, noise: float = 0.15) -> Examples:
    """Counts and unit vectors of `each` examples a label: every label has words and a direction of its own."""
    random = np.random.default_rng(seed)
    counts, vectors, names = [], [], []
    for label in range(labels):
        for _ in range(each):
            row = random.poisson(noise + 0.05, TERMS)
            row[3 * label : 3 * label + 3] += random.integers(1, 4, 3)
            vector = random.normal(0, noise, DIMENSIONS)
            vector[label] += 1
            counts.append(row)
            vectors.append(vector / np.linalg.norm(vector))
            names.append(f"label_{label}")
    return csr_matrix(np.array(counts, dtype=np.int64)), np.array(vectors, dtype=np.float32), names


def fitted(data: Examples, **options: object) -> LinearClassifier:
    return LinearClassifier.fit(*data, dense_weight=1.5, **options)  # type: ignore[arg-type]


# Softmax.


@given(
    arrays.arrays(
        np.float64, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=st.floats(-1e6, 1e6, allow_nan=False)
    )
)
def test_softmax_rows_are_probabilities(scores: np.ndarray) -> None:
    rows = softmax(scores)
    assert rows.shape == scores.shape
    assert ((rows >= 0) & (rows <= 1)).all()
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    assert (rows.max(axis=1) == rows[np.arange(len(rows)), scores.argmax(axis=1)]).all()


# The classifier.


@pytest.mark.parametrize("labels", [2, 3, 8])
def test_the_label_is_found_on_rows_not_seen_before_and_each_row_sums_to_one(labels: int) -> None:
    classifier = fitted(examples(labels, 12))
    counts, vectors, truth = examples(labels, 5, seed=1)
    rows = classifier.confidences(counts, vectors)
    assert rows.shape == (len(truth), labels) == classifier.margins(counts, vectors).shape
    np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-5)
    assert [classifier.labels[best] for best in rows.argmax(axis=1)] == truth


def test_two_labels_are_told_apart_with_confidence() -> None:
    classifier = fitted(examples(2, 12))
    counts, vectors, truth = examples(2, 5, seed=1)
    rows = classifier.confidences(counts, vectors)
    right = rows[np.arange(len(truth)), [classifier.labels.index(label) for label in truth]]
    assert (right > 0.5).all()


def test_a_row_that_says_nothing_gives_no_certainty() -> None:
    classifier = fitted(examples(8, 12))
    nothing = classifier.confidences(csr_matrix((1, TERMS), dtype=np.int64), np.zeros((1, DIMENSIONS), np.float32))
    assert nothing.max() < 0.5


@pytest.mark.parametrize(("labels", "each"), [(2, 1), (3, 1), (8, 2), (2, 4)])
def test_few_examples_suffice(labels: int, each: int) -> None:
    data = examples(labels, each)
    rows = fitted(data).confidences(data[0], data[1])
    assert np.isfinite(rows).all()
    assert rows.shape == (labels * each, labels)


@pytest.mark.parametrize(("many", "kind"), [(64, HINGE), (65, SOFTMAX)], ids=["hinge", "softmax"])
def test_the_loss_goes_by_the_number_of_examples(monkeypatch: pytest.MonkeyPatch, many: int, kind: Kind) -> None:
    monkeypatch.setattr("assistant.classification._MANY", many)
    counts, vectors, names = examples(8, 8, seed=4, noise=0.8)
    truth = np.unique(names, return_inverse=True)[1]
    sparse, dense = Weighting.fit(counts).transform(counts), vectors * np.float32(1.5)
    begun = None
    if kind is HINGE:  # Led on from those that did not see the quarter held out.
        seen, _ = next(StratifiedShuffleSplit(1, test_size=0.25, random_state=0).split(truth, truth))
        begun = fit(sparse[seen], dense[seen], truth[seen], 8, kind)
    learnt = fit(sparse, dense, truth, 8, kind, begun).rounded().margins(sparse, dense)
    np.testing.assert_allclose(fitted((counts, vectors, names)).margins(counts, vectors), learnt, rtol=1e-5)


@pytest.mark.parametrize(("labels", "each"), [(2, 1), (5, 3)])
def test_with_too_few_examples_to_hold_any_out_confidences_are_left_as_the_softmax_gives_them(
    labels: int, each: int
) -> None:
    data = examples(labels, each)
    classifier = fitted(data)
    assert classifier.temperature == 1
    np.testing.assert_allclose(classifier.confidences(*data[:2]), softmax(classifier.margins(*data[:2])))


def test_one_label_is_certain() -> None:
    data = examples(1, 6)
    np.testing.assert_array_equal(fitted(data).confidences(*data[:2]), np.ones((6, 1)))


def test_rows_left_out_of_the_calibration_still_teach() -> None:
    counts, vectors, names = examples(3, 12)
    mask = np.array([index % 2 == 0 for index in range(len(names))])
    classifier = fitted((counts, vectors, names), calibrate_on=mask)
    everything = fitted((counts, vectors, names))
    np.testing.assert_allclose(classifier.margins(counts, vectors), everything.margins(counts, vectors), rtol=1e-4)
    assert classifier.temperature > 0


def test_the_same_examples_give_the_same_classifier() -> None:
    data = examples(4, 10)
    first, second = fitted(data), fitted(data)
    assert first.temperature == second.temperature
    np.testing.assert_array_equal(first.confidences(*data[:2]), second.confidences(*data[:2]))


@pytest.mark.parametrize("labels", [2, 5])
def test_a_loaded_classifier_says_the_same(tmp_path: Path, labels: int) -> None:
    data = examples(labels, 10)
    classifier = fitted(data)
    classifier.save(tmp_path / "classifier.npz")
    loaded = LinearClassifier.load(tmp_path / "classifier.npz")
    assert loaded.labels == classifier.labels
    assert loaded.temperature == classifier.temperature
    np.testing.assert_array_equal(loaded.confidences(*data[:2]), classifier.confidences(*data[:2]))


def test_a_model_file_never_runs_code(tmp_path: Path) -> None:
    file = tmp_path / "classifier.npz"
    np.savez(file, labels=np.array([object()], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        LinearClassifier.load(file)
