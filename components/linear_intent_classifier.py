"""LinearIntentClassifier: calibrated confidences for all intents from sparse and dense sentence features."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.classification import LinearClassifier
from assistant.understanding import NOT_COVERED_PREFIX
from components.features import dense_features, sparse_features
from components.knowledge_importer import is_statement

_FILE = "classifier.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Ranks intents by calibrated confidence (assistant.classification.LinearClassifier).

    Examples of `not_covered_…` intents are left to the coverage guard: they are no class but everything else.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`dense_weight`: weight of the vector beside the n-grams; `ranking_length`: intents kept in the ranking."""
        return {"dense_weight": 1.5, "ranking_length": 8}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: LinearClassifier | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and not example.get(INTENT).startswith(NOT_COVERED_PREFIX)
        ]
        self._classifier = LinearClassifier.fit(
            sparse_features(examples),
            dense_features(examples),
            [example.get(INTENT) for example in examples],
            dense_weight=self._config["dense_weight"],
            calibrate_on=np.array([not is_statement(example) for example in examples]),
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearClassifier.load(folder / _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        if not messages:
            return messages
        assert self._classifier is not None, "train or load first"
        rows = self._classifier.confidences(sparse_features(messages), dense_features(messages))
        for message, row in zip(messages, rows, strict=True):
            best = np.argsort(-row, kind="stable")[: self._config["ranking_length"]]
            ranking = [
                {INTENT_NAME_KEY: self._classifier.labels[i], PREDICTED_CONFIDENCE_KEY: round(float(row[i]), 4)}
                for i in best
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
