"""CoverageGuard: turns an intent into the fallback when the question is not covered or the classifier not sure."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.coverage import Coverage, weighed
from assistant.settings import get_settings
from assistant.thresholds import Thresholds
from assistant.understanding import FALLBACK_INTENT, NOT_COVERED_PREFIX
from components.features import dense_features, sparse_features
from components.knowledge_importer import base_intents, is_statement

#: Where the probability that the question is covered stands in a message and its parse.
COVERAGE = "coverage"
_FILE = "coverage.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CoverageGuard(GraphComponent):
    """Puts FALLBACK_INTENT first when the distance to known questions or the confidence says "not sure".

    Base intents (greetings and the like) need the classifier's confidence alone. Thresholds: data/thresholds.yml.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        coverage: Coverage | None = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._coverage = coverage
        data = get_settings().data_folder
        self._thresholds = Thresholds.load(data / "thresholds.yml")
        self._base = base_intents(data / "nlu" / "base.yml")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CoverageGuard:
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and not is_statement(example) and example.get(INTENT) not in self._base
        ]
        covered = np.array([not example.get(INTENT).startswith(NOT_COVERED_PREFIX) for example in examples])
        self._coverage = Coverage.fit(sparse_features(examples), dense_features(examples), covered)
        with self._model_storage.write_to(self._resource) as folder:
            self._coverage.save(folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CoverageGuard:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Coverage.load(folder / _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._coverage is not None, "train or load first"
        if not messages:
            return messages
        confidences = np.array([message.get(INTENT)[PREDICTED_CONFIDENCE_KEY] for message in messages])
        known = self._coverage.probabilities(sparse_features(messages), dense_features(messages))
        coverages = weighed(known, confidences, self._thresholds.confidence_weight).tolist()
        for message, coverage in zip(messages, coverages, strict=True):
            message.set(COVERAGE, round(coverage, 4), add_to_output=True)
            intent = message.get(INTENT)
            sure = intent[PREDICTED_CONFIDENCE_KEY] >= self._thresholds.answer
            if not sure or (intent[INTENT_NAME_KEY] not in self._base and coverage < self._thresholds.coverage):
                fallback = {INTENT_NAME_KEY: FALLBACK_INTENT, PREDICTED_CONFIDENCE_KEY: round(1 - coverage, 4)}
                message.set(INTENT, fallback, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [fallback, *message.get(INTENT_RANKING_KEY)], add_to_output=True)
        return messages
