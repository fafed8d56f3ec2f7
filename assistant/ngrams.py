"""N-grams: counts of the pieces of a text, a few characters long.

scikit-learn's CountVectorizer counts the same, but importing it takes every process that searches a second of its
start and 40 MB, and Rasa's featurizer around it a millisecond of every message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

#: Characters of the longest piece, unless told otherwise.
LONGEST = 3


def ngrams(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Every piece of `text` of at most `longest` characters, as often as it occurs."""
    for length in range(1, longest + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def vocabulary(texts: Sequence[str], longest: int = LONGEST, most: int | None = None) -> list[str]:
    """The pieces that occur in `texts`, sorted: all of them, or the `most` widespread ones."""
    holders = Counter(piece for text in texts for piece in sorted(set(ngrams(text, longest))))
    return sorted(piece for piece, _ in holders.most_common(most))


def counts(texts: Sequence[str], columns: Mapping[str, int], longest: int = LONGEST) -> csr_matrix:
    """How often each piece of `columns` occurs in each text: shape (texts, columns), float32."""
    found = [Counter(columns[piece] for piece in ngrams(text, longest) if piece in columns) for text in texts]
    bounds = np.cumsum([0, *(len(each) for each in found)])
    indices = np.fromiter((column for each in found for column in each), dtype=np.int32, count=bounds[-1])
    data = np.fromiter((count for each in found for count in each.values()), dtype=np.float32, count=bounds[-1])
    return csr_matrix((data, indices, bounds), (len(texts), len(columns)))
