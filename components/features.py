"""Features: the sparse and dense sentence features of messages as matrices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack


def sparse_features(messages: Sequence[Message]) -> csr_matrix:
    """The sparse sentence features of `messages`, one row each. Raises ValueError where a message has none."""
    rows = [_sentence(message, sparse=True) for message in messages]
    return csr_matrix(rows[0]) if len(rows) == 1 else vstack(rows).tocsr()  # Stacking one row costs half a millisecond.


def dense_features(messages: Sequence[Message]) -> np.ndarray:
    """The dense sentence features of `messages`, float32, one row each. Raises ValueError where one has none."""
    return np.vstack([_sentence(message, sparse=False) for message in messages]).astype(np.float32, copy=False)


def _sentence(message: Message, sparse: bool) -> csr_matrix | np.ndarray:
    _, feature = message.get_sparse_features(TEXT) if sparse else message.get_dense_features(TEXT)
    if feature is None:
        kind = "sparse" if sparse else "dense"
        raise ValueError(f"no {kind} sentence feature for {message.get(TEXT)!r}: add such a featurizer to config.yml")
    return feature.features
