"""Coverage: how likely a question is one that the knowledge covers, by its distance to known questions.

Seven similarities to the covered questions and seven to those that are known not to be covered, and whether a name from
the knowledge is in the question, joined by a logistic regression. A similarity is a mean of the nearest neighbours'
cosines: of sentence vectors, of character n-grams, of both.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.utils.extmath import randomized_svd

from assistant.postings import Postings
from assistant.weighting import Weighting

#: Neighbours that are averaged, for vectors, for n-grams and for both together.
_NEIGHBOURS = ((1, 5), (1, 5), (1, 5, 20))
#: Sentence vectors are compared along their strongest directions: an eighth of the memory, the same verdicts.
_DIRECTIONS = 64
#: N-grams that more questions hold are not compared: they tell little, and are half of the work.
_HOLDERS = 1000
#: Nearest neighbours are looked for among those of the best columns, when the scores are laid out in so many rows.
_ROWS = 32
#: Rows that the regression is fitted on: it has sixteen numbers to find, and each row is compared with all the others.
_FITTED_ON = 4000
#: Rows compared at once while fitting.
_CHUNK = 500


class Coverage:
    """A model of what is covered, made from covered questions and examples of what is not."""

    def __init__(
        self,
        lexical: csr_matrix,
        vectors: np.ndarray,
        split: int,
        projection: np.ndarray,
        idf: np.ndarray,
        weights: np.ndarray,
        bias: float,
    ) -> None:
        """`lexical` (n, terms) and `vectors` (n, directions) are unit rows, the first `split` of them covered."""
        self._lexical = lexical
        self._postings = Postings(lexical, _HOLDERS)
        self._vectors = vectors
        self._split = split
        self._projection = projection
        self._weighting = Weighting(idf)
        self._weights = weights
        self._bias = bias

    @classmethod
    def fit(cls, counts: csr_matrix, vectors: np.ndarray, named: np.ndarray, covered: np.ndarray) -> Coverage:
        """Fit on questions (n, terms), (n, dimensions) and two masks of n; each is compared with all but itself."""
        order = np.argsort(~covered, kind="stable")  # Covered ones first, so that each side is a slice.
        counts, vectors, named, truth = counts[order].tocsr(), vectors[order], named[order], covered[order]
        weighting = Weighting.fit(counts)
        _, _, directions = randomized_svd(vectors, min(_DIRECTIONS, *vectors.shape), random_state=0)
        projection = np.ascontiguousarray(directions.T, dtype=np.float32)
        lexical, dense = weighting.transform(counts), _unit(vectors @ projection)
        model = cls(lexical, dense, int(truth.sum()), projection, weighting.idf, np.zeros(15), 0.0)
        size = min(_FITTED_ON, len(truth))
        chosen = np.sort(np.random.default_rng(0).choice(len(truth), size, replace=False))
        chunks = [chosen[start : start + _CHUNK] for start in range(0, size, _CHUNK)]
        features = [model._features(dense[rows], lexical[rows], named[rows], own=rows) for rows in chunks]
        similarities = np.vstack(features)
        scaler = StandardScaler().fit(similarities)
        regression = LogisticRegression(max_iter=2000, class_weight="balanced")
        regression.fit(scaler.transform(similarities), truth[chosen])
        model._weights = regression.coef_[0] / scaler.scale_
        model._bias = float(regression.intercept_[0] - model._weights @ scaler.mean_)
        return model

    def probabilities(self, counts: csr_matrix, vectors: np.ndarray, named: np.ndarray) -> np.ndarray:
        """How likely each question is covered: (n, terms), (n, dimensions), and whether it holds a name (n,)."""
        features = self._features(_unit(vectors @ self._projection), self._weighting.transform(counts), named)
        return np.asarray(1 / (1 + np.exp(-(features @ self._weights + self._bias))))

    def _features(
        self, dense: np.ndarray, lexical: csr_matrix, named: np.ndarray, own: np.ndarray | None = None
    ) -> np.ndarray:
        """Evidence of shape (n, 15). `own` (n,) are the rows' places among the known: none is its own neighbour."""
        features = np.empty((len(dense), 15))
        sides = slice(None, self._split), slice(self._split, None)
        for row, vector in enumerate(dense):  # One by one: for a few rows that is twice as fast as all at once.
            by_vector = self._vectors @ vector
            terms = slice(*lexical.indptr[row : row + 2])
            by_ngram = self._postings.products(lexical.indices[terms], lexical.data[terms])
            if own is not None:
                by_vector[own[row]] = by_ngram[own[row]] = -1.0
            views = by_vector, by_ngram, by_vector + by_ngram
            nearest = [
                (_largest(scores[side], max(sizes)), sizes)
                for side in sides
                for scores, sizes in zip(views, _NEIGHBOURS, strict=True)
            ]
            features[row, :-1] = [sum(best[:size]) / len(best[:size]) for best, sizes in nearest for size in sizes]
            features[row, -1] = named[row]
        return features

    def save(self, file: Path) -> None:
        np.savez(
            file,
            data=self._lexical.data,
            indices=self._lexical.indices,
            indptr=self._lexical.indptr,
            shape=np.array(self._lexical.shape),
            vectors=self._vectors.astype(np.float16),
            split=self._split,
            projection=self._projection,
            idf=self._weighting.idf,
            weights=self._weights,
            bias=self._bias,
        )

    @classmethod
    def load(cls, file: Path) -> Coverage:
        """Read what `save` wrote. Arrays only: a model file never runs code."""
        with np.load(file, allow_pickle=False) as stored:
            return cls(
                csr_matrix((stored["data"], stored["indices"], stored["indptr"]), shape=tuple(stored["shape"])),
                stored["vectors"].astype(np.float32),
                int(stored["split"]),
                stored["projection"],
                stored["idf"],
                stored["weights"],
                float(stored["bias"]),
            )


def weighed(coverage: np.ndarray, confidence: np.ndarray, weight: float) -> np.ndarray:
    """Coverage with the classifier's confidence as further evidence: their odds multiplied, the latter to `weight`.

    A question that sounds unknown but that the classifier recognises without doubt is most likely covered.
    """
    odds = _odds(coverage) * _odds(confidence) ** weight
    return np.asarray(odds / (1 + odds))


def _odds(probability: np.ndarray) -> np.ndarray:
    clipped = np.clip(probability, 1e-4, 1 - 1e-4)
    return np.asarray(clipped / (1 - clipped))


def _largest(scores: np.ndarray, count: int) -> list[float]:
    """The `count` largest (fewer if there are fewer, a zero if there are none), descending."""
    width = len(scores) // _ROWS
    if width > count:  # No more than `count` columns hold the largest: those whose own largest are.
        table, rest = scores[: _ROWS * width].reshape(_ROWS, width), scores[_ROWS * width :]
        best = np.argpartition(table.max(axis=0), width - count)[-count:]
        scores = np.concatenate([table[:, best].ravel(), rest])
    count = min(count, len(scores))
    return sorted(np.partition(scores, len(scores) - count)[-count:].tolist(), reverse=True) if count else [0.0]


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)
