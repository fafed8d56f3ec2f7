"""Weighting: counts of terms as TF-IDF rows of unit length."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix


class Weighting:
    """Turns counts into TF-IDF rows of unit length (sublinear term frequency, smoothed document frequency)."""

    def __init__(self, idf: np.ndarray) -> None:
        self.idf = idf

    @classmethod
    def fit(cls, counts: csr_matrix) -> Weighting:
        documents = np.bincount(counts.indices, minlength=counts.shape[1])
        return cls((np.log((1 + counts.shape[0]) / (1 + documents)) + 1).astype(np.float32))

    def transform(self, counts: csr_matrix) -> csr_matrix:
        """Rows of `counts` (n, terms) weighted, float32; a row without known terms stays zero."""
        data = (1 + np.log(counts.data.astype(np.float32))) * self.idf[counts.indices]
        sizes = np.diff(counts.indptr)
        owners = np.repeat(np.arange(len(sizes)), sizes)
        data /= np.sqrt(np.bincount(owners, data * data, len(sizes)))[owners]
        return csr_matrix((data.astype(np.float32), counts.indices, counts.indptr), counts.shape)
