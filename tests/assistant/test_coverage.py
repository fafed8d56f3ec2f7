"""Coverage: a probability that a question is covered, the same after saving and loading."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from assistant.coverage import Coverage, _largest, weighed

TERMS, DIMENSIONS = 40, 12
Questions = tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]
chances = st.floats(0, 1)


def questions(covered: int, foreign: int, seed: int = 0) -> Questions:
    """Counts, unit vectors, which hold a name (none) and a mask: covered ones share words and directions."""
    random = np.random.default_rng(seed)
    mask = random.permutation(np.arange(covered + foreign) < covered)
    counts = random.poisson(0.1, (len(mask), TERMS))
    vectors = random.normal(0, 0.3, (len(mask), DIMENSIONS))
    for row, is_covered in enumerate(mask):
        half = 0 if is_covered else TERMS // 2
        counts[row, half + random.integers(0, TERMS // 2, 6)] += 1
        vectors[row, (0 if is_covered else DIMENSIONS // 2) + random.integers(0, 3)] += 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return csr_matrix(counts.astype(np.int64)), vectors.astype(np.float32), np.zeros(len(mask), bool), mask


def test_new_questions_are_told_from_foreign_ones() -> None:
    coverage = Coverage.fit(*questions(60, 40))
    counts, vectors, named, mask = questions(20, 20, seed=1)
    probabilities = coverage.probabilities(counts, vectors, named)
    assert probabilities.shape == (40,)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    assert probabilities[mask].mean() > 0.8
    assert probabilities[~mask].mean() < 0.2


def test_known_questions_teach_nothing_about_themselves() -> None:
    """Where both sides are alike no question is sure: only its own copy could tell it from the others."""
    counts, vectors, named, mask = questions(60, 60)
    alike = np.random.default_rng(2).permutation(mask)
    probabilities = Coverage.fit(counts, vectors, named, alike).probabilities(*questions(20, 20, seed=1)[:3])
    assert ((probabilities > 0.05) & (probabilities < 0.95)).all()


@pytest.mark.parametrize(("covered", "foreign"), [(2, 1), (1, 2), (3, 3), (30, 1)])
def test_few_questions_suffice(covered: int, foreign: int) -> None:
    counts, vectors, named, mask = questions(covered, foreign)
    probabilities = Coverage.fit(counts, vectors, named, mask).probabilities(counts, vectors, named)
    assert probabilities.shape == (covered + foreign,)
    assert np.isfinite(probabilities).all()


def test_more_questions_than_are_compared_at_once_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    known, asked = questions(40, 30), questions(10, 10, seed=1)
    whole = Coverage.fit(*known).probabilities(*asked[:3])
    monkeypatch.setattr("assistant.coverage._CHUNK", 16)
    np.testing.assert_allclose(Coverage.fit(*known).probabilities(*asked[:3]), whole, rtol=1e-3)


def test_a_share_of_many_questions_suffices_to_fit_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.coverage._FITTED_ON", 50)
    coverage = Coverage.fit(*questions(120, 80))
    *asked, mask = questions(20, 20, seed=1)
    probabilities = coverage.probabilities(*asked)
    assert probabilities[mask].mean() > 0.8
    assert probabilities[~mask].mean() < 0.2


def test_a_question_without_a_known_word_or_direction_can_be_judged() -> None:
    coverage = Coverage.fit(*questions(20, 20))
    nothing = coverage.probabilities(
        csr_matrix((1, TERMS), dtype=np.int64), np.zeros((1, DIMENSIONS), np.float32), np.zeros(1, bool)
    )
    assert nothing.shape == (1,)
    assert np.isfinite(nothing).all()


def test_a_loaded_model_says_the_same(tmp_path: Path) -> None:
    coverage = Coverage.fit(*questions(60, 40))
    coverage.save(tmp_path / "coverage.npz")
    loaded = Coverage.load(tmp_path / "coverage.npz")
    counts, vectors, named, _ = questions(20, 20, seed=1)
    # Known vectors are kept at half the precision.
    np.testing.assert_allclose(
        loaded.probabilities(counts, vectors, named), coverage.probabilities(counts, vectors, named), atol=0.01
    )


def test_a_model_file_never_runs_code(tmp_path: Path) -> None:
    file = tmp_path / "coverage.npz"
    names = ("data", "indices", "indptr", "shape", "vectors", "split", "projection", "idf", "weights", "bias")
    np.savez(file, **{name: np.array([object()], dtype=object) for name in names})
    with pytest.raises(ValueError, match="allow_pickle"):
        Coverage.load(file)


@given(st.lists(st.tuples(chances, chances), min_size=1, max_size=5), st.floats(0, 1))
def test_confidence_is_evidence_for_coverage(pairs: list[tuple[float, float]], weight: float) -> None:
    coverage, confidence = np.array(pairs).T
    joined = weighed(coverage, confidence, weight)
    assert joined.shape == coverage.shape
    assert ((joined > 0) & (joined < 1)).all()
    raised = weighed(coverage, np.minimum(confidence + 0.1, 1), weight)
    assert (raised >= joined - 1e-9).all()
    np.testing.assert_allclose(
        weighed(coverage, np.full(coverage.shape, 0.5), weight), np.clip(coverage, 1e-4, 1 - 1e-4)
    )
    np.testing.assert_allclose(weighed(coverage, confidence, 0.0), np.clip(coverage, 1e-4, 1 - 1e-4))


def test_a_name_from_the_knowledge_is_evidence() -> None:
    counts, vectors, _, mask = questions(60, 40)
    coverage = Coverage.fit(counts, vectors, mask, mask)
    asked = questions(20, 20, seed=1)
    without = coverage.probabilities(asked[0], asked[1], np.zeros(40, bool))
    assert (coverage.probabilities(asked[0], asked[1], np.ones(40, bool)) > without).all()


@given(st.lists(st.floats(-1, 1, width=32), max_size=300), st.integers(1, 20))
def test_the_nearest_are_those_of_a_full_sort(scores: list[float], number: int) -> None:
    expected = sorted(scores, reverse=True)[:number] or [0.0]
    assert _largest(np.array(scores, dtype=np.float32), number) == expected
