"""Postings: for each term the rows that hold it, so that a row's products with all rows are sums over its few terms."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix


class Postings:
    """The columns of sparse `rows` (n, terms). A matrix product does the same, at three times the cost for one row.

    Terms that more than `most` of the rows hold are left out.
    """

    def __init__(self, rows: csr_matrix, most: int | None = None) -> None:
        self._rows = rows.shape[0]
        self._columns = rows.T.tocsr()
        self._used = np.diff(self._columns.indptr) <= (self._rows if most is None else most)

    def products(self, terms: np.ndarray, values: np.ndarray) -> np.ndarray:
        """The dot products of a row, its `terms` and their `values`, with each of the rows: (n,), float32."""
        columns, used = self._columns, self._used[terms]
        terms, values = terms[used], values[used]
        postings = [slice(*columns.indptr[term : term + 2]) for term in terms]
        if not postings:
            return np.zeros(self._rows, dtype=np.float32)
        owners = np.concatenate([columns.indices[posting] for posting in postings])
        products = [columns.data[posting] * value for posting, value in zip(postings, values, strict=True)]
        return np.bincount(owners, np.concatenate(products), self._rows).astype(np.float32)
