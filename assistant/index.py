"""Index: texts as rows of character n-grams and of sentence vectors, kept in a file between starts."""

from __future__ import annotations

import logging
import os
import zipfile
from collections import ChainMap
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from assistant.encoder import encode
from assistant.ngrams import LONGEST, counts, vocabulary
from assistant.vectors import key_of, vectors
from assistant.weighting import Weighting

logger = logging.getLogger(__name__)

#: Rows of texts that were looked for last.
_RECENT = 128


class Index:
    """Row i of `lexical` (n, terms) and of `dense` (n, 512) stands for text i; both are float32 of unit length."""

    def __init__(self, terms: Sequence[str], weighting: Weighting, lexical: csr_matrix, dense: np.ndarray) -> None:
        self._columns = {term: column for column, term in enumerate(terms)}
        self._weighting = weighting
        self.lexical = lexical
        self.dense = dense
        # Several steps of answering look for the same text.
        self.row = lru_cache(maxsize=_RECENT)(self._row)

    @classmethod
    def of(cls, texts: Sequence[str], file: Path | None = None) -> Index:
        """The index of at least one text. With a `file` only what is not in it is computed, and then written to it."""
        keys = [key_of(text) for text in texts]
        kept = _read(file) if file and file.exists() else {}
        if kept and kept["keys"] == keys and kept["longest"] == LONGEST:
            return cls(kept["terms"], Weighting(kept["idf"]), _lexical(kept), kept["dense"])
        terms = vocabulary(texts)
        counted = counts(texts, {term: column for column, term in enumerate(terms)})
        weighting = Weighting.fit(counted)
        lexical = weighting.transform(counted)
        dense = vectors(texts, dict(zip(kept["keys"], kept["dense"], strict=True)) if kept else {})
        if file:
            _write(file, keys, terms, weighting, lexical, dense)
        return cls(terms, weighting, lexical, dense)

    def rows(self, texts: Sequence[str]) -> tuple[csr_matrix, np.ndarray]:
        """The rows of `texts` as if they had been indexed too: (n, terms and those that only they have), (n, 512).

        The columns of further terms come after the index's own, and weigh like terms that occur once.
        """
        idf = self._weighting.idf
        missing = [term for term in vocabulary(texts) if term not in self._columns]
        further = {term: column for column, term in enumerate(missing, len(idf))}
        weighting = Weighting(np.append(idf, np.full(len(further), idf.max(), dtype=idf.dtype)))
        return weighting.transform(counts(texts, ChainMap(further, self._columns))), encode(texts)

    def _row(self, text: str) -> tuple[csr_matrix, np.ndarray]:
        """The rows that would stand for `text`: n-grams that the index knows, shape (1, terms), and vector, (512,)."""
        return self._weighting.transform(counts([text], self._columns)), encode([text])[0]


def _lexical(kept: Mapping[str, Any]) -> csr_matrix:
    shape = (len(kept["keys"]), len(kept["terms"]))
    return csr_matrix((kept["data"], kept["indices"], kept["indptr"]), shape)


def _write(
    file: Path, keys: list[str], terms: list[str], weighting: Weighting, lexical: csr_matrix, dense: np.ndarray
) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that two processes never read half a file.
    partial = file.with_name(f"{file.name}.{os.getpid()}.npz")
    np.savez(
        partial,
        keys=np.array(keys),
        longest=LONGEST,
        terms=np.array(terms),
        idf=weighting.idf,
        data=lexical.data,
        indices=lexical.indices,
        indptr=lexical.indptr,
        dense=dense,
    )
    partial.replace(file)


def _read(file: Path) -> dict[str, Any]:
    """What `_write` wrote; nothing if the file is damaged or another's, since it can be made again."""
    names = ("keys", "longest", "terms", "idf", "data", "indices", "indptr", "dense")
    try:
        with np.load(file, allow_pickle=False) as stored:
            kept = {name: stored[name] for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        logger.warning("%s is damaged and is made again: %s", file.name, error)
        return {}
    return {**kept, **{name: kept[name].tolist() for name in ("keys", "longest", "terms")}}
