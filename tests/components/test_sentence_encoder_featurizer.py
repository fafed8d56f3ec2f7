"""SentenceEncoderFeaturizer: one dense vector a message."""

from __future__ import annotations

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.encoder import encode
from assistant.network import DIMENSIONS
from tests.components.pipelines import Pipeline

NAME = "components.sentence_encoder_featurizer.SentenceEncoderFeaturizer"


def test_a_message_gets_the_vector_of_its_text(pipeline: Pipeline) -> None:
    messages = pipeline.components[NAME].process([Message(data={TEXT: text}) for text in ("招几个人", "有工资吗")])
    for message in messages:
        sequence, sentence = message.get_dense_features(TEXT)
        assert sequence is None
        assert sentence.type == FEATURE_TYPE_SENTENCE
        assert sentence.features.shape == (1, DIMENSIONS)
        np.testing.assert_allclose(sentence.features, encode([message.get(TEXT)]), atol=1e-5)


def test_examples_get_vectors_and_those_without_text_none(pipeline: Pipeline) -> None:
    data = TrainingData([Message(data={TEXT: "招几个人", INTENT: "count"}), Message(data={INTENT: "count"})])
    first, second = pipeline.components[NAME].process_training_data(data).training_examples
    assert first.get_dense_features(TEXT)[1] is not None
    assert second.get_dense_features(TEXT)[1] is None
