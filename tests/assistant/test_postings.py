"""Postings: the same products as a matrix multiplication gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random

from assistant.postings import Postings


@given(seed=st.integers(0, 1000), rows=st.integers(1, 20), terms=st.integers(1, 30), density=st.floats(0, 1))
def test_products_are_those_of_the_matrices(seed: int, rows: int, terms: int, density: float) -> None:
    matrix = random(rows, terms, density, format="csr", dtype=np.float32, random_state=seed)
    row = random(1, terms, density, format="csr", dtype=np.float32, random_state=seed + 1)
    products = Postings(matrix).products(row.indices, row.data)
    assert products.dtype == np.float32
    np.testing.assert_allclose(products, (matrix @ row.T).toarray().ravel(), atol=1e-5)


@pytest.mark.parametrize("shape", [(3, 4), (0, 4)])
def test_a_row_without_terms_has_no_products(shape: tuple[int, int]) -> None:
    assert (
        Postings(csr_matrix(shape, dtype=np.float32)).products(np.array([], dtype=np.int32), np.array([])).tolist()
        == [0.0] * shape[0]
    )
