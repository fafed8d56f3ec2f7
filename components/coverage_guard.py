"""CoverageGuard: turns an intent into the fallback when the question is not covered or the classifier not sure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
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
from assistant.normalize import bare
from assistant.settings import get_settings
from assistant.thresholds import Thresholds
from assistant.understanding import FALLBACK_INTENT, NOT_COVERED_PREFIX
from components.features import dense_features, sparse_features
from components.knowledge_importer import base_intents, is_statement

#: Where the probability that the question is covered stands in a message and its parse.
COVERAGE = "coverage"
_FILE, _NAMES = "coverage.npz", "names.json"
#: Kinds of entity whose words are names. Counties are asked about in every connection, concepts are common words.
_NAMING = ("programme", "organisation", "species", "school")


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
        names: Sequence[str] = (),
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._coverage = coverage
        self._keep(names)
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
        intents = [example.get(INTENT) for example in examples]
        labels = [None if intent.startswith(NOT_COVERED_PREFIX) else intent for intent in intents]
        self._keep(knowledge_names(training_data))
        self._coverage = Coverage.fit(
            sparse_features(examples), dense_features(examples), self._named(examples), labels
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._coverage.save(folder / _FILE)
            (folder / _NAMES).write_text(json.dumps(self._names, ensure_ascii=False), encoding="utf-8")
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
            names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
            return cls(model_storage, resource, Coverage.load(folder / _FILE), names)

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._coverage is not None, "train or load first"
        if not messages:
            return messages
        confidences = np.array([message.get(INTENT)[PREDICTED_CONFIDENCE_KEY] for message in messages])
        candidates = [[ranked[INTENT_NAME_KEY] for ranked in message.get(INTENT_RANKING_KEY)] for message in messages]
        known = self._coverage.probabilities(
            sparse_features(messages), dense_features(messages), self._named(messages), candidates
        )
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

    def _keep(self, names: Sequence[str]) -> None:
        self._names = list(names)
        self._named_in = re.compile("|".join(map(re.escape, names)) or "(?!)").search

    def _named(self, messages: Sequence[Message]) -> np.ndarray:
        return np.array([bool(self._named_in(message.get(TEXT))) for message in messages])


def knowledge_names(training_data: TrainingData) -> list[str]:
    """The words of the lookup tables that name one thing (a programme, a school), not a kind of thing or a place."""
    words = {
        bare(word) for table in training_data.lookup_tables if table["name"] in _NAMING for word in table["elements"]
    }
    return sorted(word for word in words if word)
