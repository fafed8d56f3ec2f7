"""Features: sentence features of messages as matrices."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import isspmatrix_csr

from assistant.network import DIMENSIONS
from components.features import dense_features, sparse_features
from tests.components.pipelines import Pipeline

CLASSIFIER = "components.linear_intent_classifier.LinearIntentClassifier"


def test_there_is_one_row_a_message_in_order(pipeline: Pipeline) -> None:
    both = pipeline.before(CLASSIFIER, "体验官招几个人", "课间休息多长时间")
    counts, vectors = sparse_features(both), dense_features(both)
    assert isspmatrix_csr(counts)
    assert counts.shape[0] == 2
    assert vectors.shape == (2, DIMENSIONS)
    assert vectors.dtype == np.float32
    alone = pipeline.before(CLASSIFIER, "课间休息多长时间")
    assert (sparse_features(alone)[0] != counts[1]).nnz == 0
    np.testing.assert_allclose(dense_features(alone)[0], vectors[1], atol=1e-5)


@pytest.mark.parametrize(("read", "kind"), [(sparse_features, "sparse"), (dense_features, "dense")])
def test_a_missing_featurizer_is_named(read: object, kind: str) -> None:
    with pytest.raises(ValueError, match=f"0 {kind} sentence features for '体验官': config.yml needs one"):
        read([Message(data={TEXT: "体验官"})])  # type: ignore[operator]
