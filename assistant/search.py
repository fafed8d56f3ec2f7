"""Search: the entries nearest to a query, by words and by meaning; needs no trained model.

An entry's score is that of its best question (or title): the mean of the cosine of character n-gram TF-IDF vectors
and the cosine of sentence vectors, both between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from assistant.encoder import encode
from assistant.familiarity import Familiarity
from assistant.index import Index
from assistant.knowledge import Entry, Knowledge
from assistant.normalize import bare
from assistant.postings import Postings

#: Share of an answer's own words in the lexical score: they help when no question was worded like the query.
_ANSWER_WEIGHT = 0.7
#: A text and the entry that it asks for; None for an example of what is not covered.
_Known = tuple[str, Entry | None]


@dataclass(frozen=True)
class Hit:
    """One entry found, with its score between 0 and 1."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Example:
    """A known question as it was written, its entry (None for an example of what is not covered), and its score."""

    text: str
    entry: Entry | None
    score: float


class Search:
    """An index over one state of the knowledge."""

    def __init__(self, knowledge: Knowledge, refused: Sequence[str] = (), cache: Path | None = None) -> None:
        """Index `knowledge`, and `refused` examples of what it does not cover.

        `cache`, a file, keeps the index between starts.
        """
        self._entries = list(knowledge)
        asked = [(text, index) for index, entry in enumerate(self._entries) for text in (entry.title, *entry.questions)]
        owners = [index for _, index in asked]
        known: list[_Known] = [(text, self._entries[index]) for text, index in asked]
        known += [(text, None) for text in refused]
        texts = [bare(text) for text, _ in known]
        answers = [bare(f"{entry.title} {entry.answer}") for entry in self._entries]
        texts += answers
        self._index = Index.of(texts, cache)
        lexical, dense = self._index.lexical, self._index.dense
        covered = len(asked)
        self._questions = _Side(known[:covered], lexical[:covered], dense[:covered])
        self._refused = _Side(known[covered:], lexical[covered : len(known)], dense[covered : len(known)])
        self._answers = Postings(lexical[len(known) :])
        encode(["预热"])  # Loads the encoder now, not at the first question, when every vector came from the cache.
        # Questions of one entry stand together: reduceat takes each entry's best in one pass.
        self._starts = np.flatnonzero(np.diff(owners, prepend=-1))
        bounds = [*self._starts, covered]
        lines = [[*texts[bounds[i] : bounds[i + 1]], answer] for i, answer in enumerate(answers)]
        ids = (entry.id for entry in self._entries)
        self.familiarity = Familiarity(knowledge.topics, dict(zip(ids, lines, strict=True)))

    def scores(self, query: str) -> np.ndarray:
        """One score for each entry, in the knowledge's order; zeros for an empty query."""
        text = bare(query)
        if not text or not self._entries:
            return np.zeros(len(self._entries), dtype=np.float32)
        terms, vector = self._index.row(text)
        best = np.maximum.reduceat(self._questions.scores(terms, vector), self._starts)
        return np.asarray(np.maximum(best, self._answers.products(terms.indices, terms.data) * _ANSWER_WEIGHT))

    def refusal(self, query: str) -> float:
        """The score of the nearest example of what is not covered: comparable with a hit's score."""
        text = bare(query)
        return float(self._refused.scores(*self._index.row(text)).max(initial=0.0)) if text else 0.0

    def nearest(self, query: str, limit: int) -> tuple[list[Example], list[Example]]:
        """The known questions, and the examples of what is not covered, most like `query`: best first, `limit` each."""
        text = bare(query)
        if not text:
            return [], []
        row = self._index.row(text)
        return self._questions.nearest(*row, limit), self._refused.nearest(*row, limit)

    def find(self, query: str, region: str | None = None, topic: str | None = None, limit: int = 10) -> list[Hit]:
        """The best `limit` entries with a positive score, best first, narrowed to a region or a topic if given."""
        hits: list[Hit] = []
        scores = self.scores(query)
        for index in np.argsort(-scores, kind="stable"):
            entry = self._entries[index]
            if scores[index] <= 0 or len(hits) == limit:
                break
            if (region and entry.region != region) or (topic and entry.topic != topic):
                continue
            hits.append(Hit(entry, float(scores[index])))
        return hits

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries, in the knowledge's order."""
        return self._entries

    @property
    def index(self) -> Index:
        """The index. Its first rows stand for the entries' titles and questions: entry by entry, the title first."""
        return self._index


def similarity(lexical: np.ndarray, dense: np.ndarray) -> np.ndarray:
    """The mean of cosines by n-grams and cosines by vectors, of any one shape; between 0 and 1."""
    return np.asarray(np.clip((lexical + np.clip(dense, 0, 1)) / 2, 0, 1))


class _Side:
    """Texts that a query is compared with, each with its entry."""

    def __init__(self, texts: Sequence[_Known], lexical: csr_matrix, dense: np.ndarray) -> None:
        self._texts = texts
        self._postings = Postings(lexical)
        self._dense = dense

    def nearest(self, terms: csr_matrix, vector: np.ndarray, limit: int) -> list[Example]:
        """The `limit` texts with the highest scores, best first; each once, since a title may be a question too."""
        scores = self.scores(terms, vector)
        found: dict[str, Example] = {}
        for index in np.argsort(-scores, kind="stable"):
            if len(found) == limit:
                break
            text, entry = self._texts[index]
            found.setdefault(text, Example(text, entry, float(scores[index])))
        return list(found.values())

    def scores(self, terms: csr_matrix, vector: np.ndarray) -> np.ndarray:
        """The mean of both cosines with each text, between 0 and 1."""
        return similarity(self._postings.products(terms.indices, terms.data), self._dense @ vector)
