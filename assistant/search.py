"""Search: the entries nearest to a query, by words and by meaning; needs no trained model.

An entry's score is that of its best question (or title): the mean of the cosine of character n-gram TF-IDF vectors
and the cosine of sentence vectors, both between 0 and 1.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.encoder import DIMENSIONS, encode
from assistant.knowledge import Entry, Knowledge
from assistant.normalize import bare

#: Share of an answer's own words in the lexical score: they help when no question was worded like the query.
_ANSWER_WEIGHT = 0.7


@dataclass(frozen=True)
class Hit:
    """One entry found, with its score between 0 and 1."""

    entry: Entry
    score: float


class Search:
    """An index over one state of the knowledge."""

    def __init__(self, knowledge: Knowledge, cache: Path | None = None) -> None:
        """Index `knowledge`. `cache`, a file, keeps sentence vectors between starts."""
        self._entries = list(knowledge)
        texts: list[str] = []
        owners: list[int] = []
        for index, entry in enumerate(self._entries):
            for text in (entry.title, *entry.questions):
                texts.append(bare(text))
                owners.append(index)
        answers = [bare(f"{entry.title} {entry.answer}") for entry in self._entries]
        self._owners = np.array(owners)
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
        self._vectorizer.fit(texts + answers)
        self._lexical: csr_matrix = self._vectorizer.transform(texts).tocsr()
        self._answers: csr_matrix = self._vectorizer.transform(answers).tocsr()
        self._dense = cached_vectors(texts, cache)
        # Questions of one entry stand together: reduceat takes each entry's best in one pass.
        self._starts = np.flatnonzero(np.diff(self._owners, prepend=-1))

    def scores(self, query: str) -> np.ndarray:
        """One score for each entry, in the knowledge's order; zeros for an empty query."""
        text = bare(query)
        if not text or not self._entries:
            return np.zeros(len(self._entries), dtype=np.float32)
        lexical_query = self._vectorizer.transform([text])
        lexical = np.asarray((self._lexical @ lexical_query.T).todense()).ravel()
        answers = np.asarray((self._answers @ lexical_query.T).todense()).ravel()
        dense = self._dense @ encode([text])[0]
        best = np.maximum.reduceat((lexical + np.clip(dense, 0, 1)) / 2, self._starts)
        return np.asarray(np.maximum(best, answers * _ANSWER_WEIGHT))

    def find(self, query: str, region: str | None = None, topic: str | None = None, limit: int = 10) -> list[Hit]:
        """The best `limit` entries with a positive score, best first, narrowed to a region or a topic if given."""
        hits = []
        scores = self.scores(query)
        for index in np.argsort(-scores, kind="stable"):
            entry = self._entries[index]
            if scores[index] <= 0 or len(hits) == limit:
                break
            if (region and entry.region != region) or (topic and entry.topic != topic):
                continue
            hits.append(Hit(entry, float(scores[index])))
        return hits


def cached_vectors(texts: list[str], cache: Path | None) -> np.ndarray:
    """Unit sentence vectors of `texts`, float32; those in the file `cache` are not computed again."""
    keys = [hashlib.sha1(text.encode()).hexdigest() for text in texts]
    known: dict[str, np.ndarray] = {}
    if cache and cache.exists():
        with np.load(cache, allow_pickle=False) as stored:
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    missing = [(key, text) for key, text in zip(keys, texts, strict=True) if key not in known]
    if missing:
        known |= dict(zip([key for key, _ in missing], encode([text for _, text in missing]), strict=True))
    vectors = np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), DIMENSIONS)
    if cache and missing:
        cache.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed, so that two processes never read half a file.
        partial = cache.with_name(f"{cache.name}.{id(vectors)}.npz")
        np.savez(partial, keys=np.array(keys), vectors=vectors)
        partial.replace(cache)
    return vectors
