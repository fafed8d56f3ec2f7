"""Features: the sparse and dense sentence features of messages as matrices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack


def sparse_features(messages: Sequence[Message]) -> csr_matrix:
    """The sparse sentence features of `messages`, a row each. Raises ValueError where there is not one a message."""
    rows = [_sentence(message, sparse=True) for message in messages]
    return rows[0] if len(rows) == 1 else vstack(rows, format="csr")


def dense_features(messages: Sequence[Message]) -> np.ndarray:
    """The dense sentence features of `messages`, float32, a row each. Raises ValueError if one has not one."""
    return np.vstack([_sentence(message, sparse=False) for message in messages]).astype(np.float32, copy=False)


def _sentence(message: Message, sparse: bool) -> csr_matrix | np.ndarray:
    """Read where Rasa keeps it: its own getters copy every feature first, in case there are several to join."""
    found = [
        feature.features
        for feature in message.features
        if feature.type == FEATURE_TYPE_SENTENCE and feature.attribute == TEXT and feature.is_sparse() == sparse
    ]
    if len(found) != 1:
        kind = "sparse" if sparse else "dense"
        raise ValueError(
            f"{len(found)} {kind} sentence features for {message.get(TEXT)!r}: config.yml needs one such featurizer"
        )
    return found[0]
