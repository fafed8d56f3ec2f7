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
Questions = tuple[csr_matrix, np.ndarray, np.ndarray, list[str | None]]
chances = st.floats(0, 1)


def questions(covered: int, foreign: int, seed: int = 0) -> Questions:
    """Counts, unit vectors, which hold a name (none) and labels: covered ones share words and directions."""
    random = np.random.default_rng(seed)
    mask = random.permutation(np.arange(covered + foreign) < covered)
    counts = random.poisson(0.1, (len(mask), TERMS))
    vectors = random.normal(0, 0.3, (len(mask), DIMENSIONS))
    for row, is_covered in enumerate(mask):
        half = 0 if is_covered else TERMS // 2
        counts[row, half + random.integers(0, TERMS // 2, 6)] += 1
        vectors[row, (0 if is_covered else DIMENSIONS // 2) + random.integers(0, 3)] += 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = [random.choice(["pay", "age"]) if is_covered else None for is_covered in mask]
    return csr_matrix(counts.astype(np.int64)), vectors.astype(np.float32), np.zeros(len(mask), bool), labels


def judged(coverage: Coverage, asked: Questions, candidates: tuple[str, ...] = ("pay", "age")) -> np.ndarray:
    """The probabilities of `asked`, each with the same candidates."""
    return coverage.probabilities(*asked[:3], [candidates] * len(asked[3]))


def covered_of(asked: Questions) -> np.ndarray:
    return np.array([label is not None for label in asked[3]])


def test_new_questions_are_told_from_foreign_ones() -> None:
    asked = questions(20, 20, seed=1)
    probabilities = judged(Coverage.fit(*questions(60, 40)), asked)
    assert probabilities.shape == (40,)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    assert probabilities[covered_of(asked)].mean() > 0.8
    assert probabilities[~covered_of(asked)].mean() < 0.2


@pytest.mark.parametrize("candidates", [(), ("greet",)])
def test_a_question_that_no_covered_label_is_likely_for_is_not_covered(candidates: tuple[str, ...]) -> None:
    asked = questions(20, 20, seed=1)
    assert (judged(Coverage.fit(*questions(60, 40)), asked, candidates) < 0.1).all()


def test_likely_labels_in_any_order_count_alike() -> None:
    coverage, asked = Coverage.fit(*questions(60, 40)), questions(20, 20, seed=1)
    np.testing.assert_allclose(judged(coverage, asked, ("age", "pay")), judged(coverage, asked), rtol=1e-6)
    assert (judged(coverage, asked, ("age",)) <= judged(coverage, asked) + 1e-6).mean() > 0.9


def test_known_questions_teach_nothing_about_themselves() -> None:
    """Where both sides are alike no question is sure: only its own copy could tell it from the others."""
    counts, vectors, named, labels = questions(60, 60)
    alike = [labels[row] for row in np.random.default_rng(2).permutation(len(labels))]
    probabilities = judged(Coverage.fit(counts, vectors, named, alike), questions(20, 20, seed=1))
    assert ((probabilities > 0.05) & (probabilities < 0.95)).all()


@pytest.mark.parametrize(("covered", "foreign"), [(2, 1), (1, 2), (3, 3), (30, 1)])
def test_few_questions_suffice(covered: int, foreign: int) -> None:
    known = questions(covered, foreign)
    probabilities = judged(Coverage.fit(*known), known)
    assert probabilities.shape == (covered + foreign,)
    assert np.isfinite(probabilities).all()


def test_questions_without_n_grams_are_near_to_none() -> None:
    counts, vectors, named, labels = questions(30, 20)
    empty = counts.toarray()
    empty[::3] = 0
    known = csr_matrix(empty), vectors, named, labels
    coverage, (terms, _, _, _) = Coverage.fit(*known), questions(5, 5, seed=1)
    weighted = coverage._weighting.transform(terms)
    lexical = coverage._lexical
    for row in range(10):
        own = [slice(*coverage._bounds[label]) for label in ("pay", "age")]
        found = coverage._products(own, *coverage._row(weighted, row))
        expected = (lexical @ weighted[row].T).toarray().ravel()
        np.testing.assert_allclose(found, np.concatenate([expected[each] for each in own]), atol=1e-5)


def test_a_share_of_many_questions_suffices_to_fit_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.coverage._FITTED_ON", 50)
    asked = questions(20, 20, seed=1)
    probabilities = judged(Coverage.fit(*questions(120, 80)), asked)
    assert probabilities[covered_of(asked)].mean() > 0.8
    assert probabilities[~covered_of(asked)].mean() < 0.2


def test_n_grams_that_too_many_questions_hold_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.coverage._HOLDERS", 1)
    coverage = Coverage.fit(*questions(20, 20))
    terms, _ = coverage._row(coverage._lexical, 0)
    assert np.isin(terms, np.flatnonzero(np.bincount(coverage._lexical.indices, minlength=TERMS) <= 1)).all()


def test_a_question_without_a_known_word_or_direction_can_be_judged() -> None:
    counts = csr_matrix((1, TERMS), dtype=np.int64)
    nothing: Questions = counts, np.zeros((1, DIMENSIONS), np.float32), np.zeros(1, bool), [None]
    probabilities = judged(Coverage.fit(*questions(20, 20)), nothing)
    assert probabilities.shape == (1,)
    assert np.isfinite(probabilities).all()


def test_a_loaded_model_says_the_same(tmp_path: Path) -> None:
    coverage, asked = Coverage.fit(*questions(60, 40)), questions(20, 20, seed=1)
    coverage.save(tmp_path / "coverage.npz")
    loaded = Coverage.load(tmp_path / "coverage.npz")
    # Known vectors are kept at half the precision.
    np.testing.assert_allclose(judged(loaded, asked), judged(coverage, asked), atol=0.01)


def test_a_model_file_never_runs_code(tmp_path: Path) -> None:
    file = tmp_path / "coverage.npz"
    names = (
        "data",
        "indices",
        "indptr",
        "shape",
        "vectors",
        "labels",
        "bounds",
        "projection",
        "idf",
        "weights",
        "bias",
    )
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
    counts, vectors, named, labels = questions(60, 40)
    known = covered_of((counts, vectors, named, labels))
    coverage = Coverage.fit(counts, vectors, known, labels)
    counts, vectors, without, labels = questions(20, 20, seed=1)
    bare, holding = (judged(coverage, (counts, vectors, held, labels)) for held in (without, ~without))
    assert (holding > bare).all()


@given(st.lists(st.floats(-1, 1, width=32), max_size=300), st.integers(1, 20))
def test_the_nearest_are_those_of_a_full_sort(scores: list[float], number: int) -> None:
    expected = sorted(scores, reverse=True)[:number] or [0.0]
    assert _largest(np.array(scores, dtype=np.float32), number) == expected
