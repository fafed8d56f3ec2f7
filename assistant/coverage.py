"""Coverage: how likely a question is one that the knowledge covers, by its distance to known questions.

Seven similarities to the covered questions of its likely labels and seven to those that are known not to be covered,
and whether a name from the knowledge is in the question, joined by a logistic regression. A similarity is a mean of the
nearest neighbours' cosines: of sentence vectors, of character n-grams, of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
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
_FITTED_ON = 3000


class Coverage:
    """A model of what is covered, made from covered questions and examples of what is not."""

    def __init__(
        self,
        lexical: csr_matrix,
        vectors: np.ndarray,
        bounds: Mapping[str, tuple[int, int]],
        projection: np.ndarray,
        idf: np.ndarray,
        weights: np.ndarray,
        bias: float,
    ) -> None:
        """`lexical` (n, terms) and `vectors` (n, directions) are unit rows.

        Those between a label's `bounds` are its questions; behind them all stand those that are not covered.
        """
        self._lexical = lexical
        self._vectors = vectors
        self._bounds = dict(bounds)
        self._projection = projection
        self._weighting = Weighting(idf)
        self._weights = weights
        self._bias = bias
        self._split = max((end for _, end in self._bounds.values()), default=0)
        self._sizes = np.diff(lexical.indptr)
        self._telling = np.bincount(lexical.indices, minlength=lexical.shape[1]) <= _HOLDERS
        self._foreign = Postings(lexical[self._split :])

    @classmethod
    def fit(cls, counts: csr_matrix, vectors: np.ndarray, named: np.ndarray, labels: Sequence[str | None]) -> Coverage:
        """Fit on questions (n, terms), (n, dimensions), which hold a name (n,), and their labels: None if not covered.

        Each is compared with all but itself.
        """
        order = sorted(range(len(labels)), key=lambda row: (labels[row] is None, labels[row] or ""))
        counts, vectors, named = counts[order].tocsr(), vectors[order], named[order]
        covered = [label for label in (labels[row] for row in order) if label is not None]
        truth = np.arange(len(order)) < len(covered)
        weighting = Weighting.fit(counts)
        _, _, directions = randomized_svd(vectors, min(_DIRECTIONS, *vectors.shape), random_state=0)
        projection = np.ascontiguousarray(directions.T, dtype=np.float32)
        lexical, dense = weighting.transform(counts), _unit(vectors @ projection)
        model = cls(lexical, dense, _bounds(covered), projection, weighting.idf, np.zeros(15), 0.0)
        size = min(_FITTED_ON, len(truth))
        chosen = np.sort(np.random.default_rng(0).choice(len(truth), size, replace=False))
        everything = Postings(lexical)
        similarities = np.array([model._of_known(row, everything, bool(named[row])) for row in chosen.tolist()])
        scaler = StandardScaler().fit(similarities)
        regression = LogisticRegression(max_iter=2000, class_weight="balanced")
        regression.fit(scaler.transform(similarities), truth[chosen])
        model._weights = regression.coef_[0] / scaler.scale_
        model._bias = float(regression.intercept_[0] - model._weights @ scaler.mean_)
        return model

    def probabilities(
        self, counts: csr_matrix, vectors: np.ndarray, named: np.ndarray, candidates: Sequence[Sequence[str]]
    ) -> np.ndarray:
        """How likely each question is covered: (n, terms), (n, dimensions), which hold a name (n,), and likely labels.

        Of the covered questions it is compared with those of its likely labels alone: if it is covered, the nearest are
        among them; if it is not, whatever else sounds alike is kept away.
        """
        dense, lexical = _unit(vectors @ self._projection), self._weighting.transform(counts)
        features = [
            self._of_new(dense[row], *self._row(lexical, row), bool(named[row]), candidates[row])
            for row in range(len(dense))
        ]
        return np.asarray(1 / (1 + np.exp(-(np.array(features) @ self._weights + self._bias))))

    def _of_known(self, row: int, everything: Postings, named: bool) -> list[float]:
        """Evidence for a known question, which is none of its own neighbours."""
        by_vector = self._vectors @ self._vectors[row]
        by_ngram = everything.products(*self._row(self._lexical, row))
        by_vector[row] = by_ngram[row] = -1.0
        sides = slice(None, self._split), slice(self._split, None)
        return [*(mean for side in sides for mean in _means(by_vector[side], by_ngram[side])), float(named)]

    def _of_new(
        self, vector: np.ndarray, terms: np.ndarray, values: np.ndarray, named: bool, candidates: Sequence[str]
    ) -> list[float]:
        """Evidence for a question: what is known that is like it, covered and not, and whether it holds a name."""
        rows = [slice(*self._bounds[label]) for label in candidates if label in self._bounds]
        foreign = self._vectors[self._split :] @ vector, self._foreign.products(terms, values)
        own = np.zeros(0), np.zeros(0)
        if rows:
            own = np.concatenate([self._vectors[each] @ vector for each in rows]), self._products(rows, terms, values)
        return [*_means(*own), *_means(*foreign), float(named)]

    def _products(self, rows: Sequence[slice], terms: np.ndarray, values: np.ndarray) -> np.ndarray:
        """The products of n-grams with those of `rows`."""
        entries = [slice(*self._lexical.indptr[[each.start, each.stop]]) for each in rows]
        sizes = _joined(self._sizes, rows)
        products = (
            _joined(self._lexical.data, entries) * self._spread(terms, values)[_joined(self._lexical.indices, entries)]
        )
        sums = np.add.reduceat(np.append(products, 0), np.cumsum(sizes) - sizes)
        return np.where(sizes > 0, sums, 0)  # Where there is nothing to add up, it gives what comes next.

    def _spread(self, terms: np.ndarray, values: np.ndarray) -> np.ndarray:
        """A row in full."""
        row = np.zeros(len(self._telling), dtype=np.float32)
        row[terms] = values
        return row

    def _row(self, rows: csr_matrix, row: int) -> tuple[np.ndarray, np.ndarray]:
        """The n-grams of one of `rows`, and their values, without those that too many questions hold."""
        entries = slice(*rows.indptr[row : row + 2])
        telling = self._telling[rows.indices[entries]]
        return rows.indices[entries][telling], rows.data[entries][telling]

    def save(self, file: Path) -> None:
        np.savez(
            file,
            data=self._lexical.data,
            indices=self._lexical.indices,
            indptr=self._lexical.indptr,
            shape=np.array(self._lexical.shape),
            vectors=self._vectors.astype(np.float16),
            labels=np.array(list(self._bounds), dtype=str),
            bounds=np.array(list(self._bounds.values()), dtype=np.int32),
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
                dict(zip(stored["labels"].tolist(), map(tuple, stored["bounds"].tolist()), strict=True)),
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


def _bounds(labels: Sequence[str]) -> dict[str, tuple[int, int]]:
    """For each label of a sorted list where it begins and where it ends."""
    starts = [place for place, label in enumerate(labels) if place == 0 or labels[place - 1] != label]
    return {labels[start]: (start, end) for start, end in pairwise([*starts, len(labels)])}


def _joined(array: np.ndarray, pieces: Sequence[slice]) -> np.ndarray:
    return np.concatenate([array[piece] for piece in pieces])


def _means(by_vector: np.ndarray, by_ngram: np.ndarray) -> list[float]:
    """The nearest neighbours' mean cosines, for each of _NEIGHBOURS; zeros if there are no neighbours."""
    views = by_vector, by_ngram, by_vector + by_ngram
    nearest = [(_largest(view, max(sizes)), sizes) for view, sizes in zip(views, _NEIGHBOURS, strict=True)]
    return [sum(best[:size]) / len(best[:size]) for best, sizes in nearest for size in sizes]


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
