"""Weighting: TF-IDF rows of unit length."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from assistant.weighting import Weighting


def test_weighted_rows_have_unit_length_and_a_row_without_known_terms_stays_zero() -> None:
    counts = csr_matrix(np.array([[2, 0, 1], [0, 0, 0], [0, 5, 0]]))
    rows = Weighting.fit(counts).transform(counts)
    np.testing.assert_allclose(np.linalg.norm(rows.toarray(), axis=1), [1, 0, 1], rtol=1e-6)
    assert rows.dtype == np.float32


def test_a_rare_term_weighs_more_and_repetition_adds_little() -> None:
    counts = csr_matrix(np.array([[1, 1, 0], [1, 0, 0], [1, 0, 8]]))
    weighting = Weighting.fit(counts)
    rows = weighting.transform(counts).toarray()
    assert rows[0, 1] > rows[0, 0]
    assert rows[2, 2] / rows[2, 0] < 8 * weighting.idf[2] / weighting.idf[0]


def test_weighting_leaves_its_input_as_it_was() -> None:
    counts = csr_matrix(np.array([[2, 0, 3]]))
    Weighting.fit(counts).transform(counts)
    assert counts.toarray().tolist() == [[2, 0, 3]]
