"""UrgencyDetector: how likely a message tells of an emergency that is happening."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.classification import LinearClassifier
from components.features import dense_features, sparse_features
from components.knowledge_importer import is_statement, is_urgent

#: Where the probability stands in a message and its parse.
URGENCY = "urgency"
_FILE = "urgency.npz"
_URGENT, _CALM = "urgent", "calm"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyDetector(GraphComponent):
    """Sets `urgency`: the calibrated probability that something urgent is happening, whatever it is.

    Learns the examples of the knowledge's urgent entries against all others, also those that are refused: the intents'
    classifier never sees these, and talk about fraud that happens to nobody is most like an emergency.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`dense_weight`: weight of the vector beside the n-grams."""
        return {"dense_weight": 1.5}

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
    ) -> UrgencyDetector:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            example for example in training_data.intent_examples if example.get(TEXT) and not is_statement(example)
        ]
        urgent = {example.get(INTENT) for example in examples if is_urgent(example)}
        self._classifier = LinearClassifier.fit(
            sparse_features(examples),
            dense_features(examples),
            [_URGENT if example.get(INTENT) in urgent else _CALM for example in examples],
            dense_weight=self._config["dense_weight"],
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
    ) -> UrgencyDetector:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearClassifier.load(folder / _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        if not messages:
            return messages
        assert self._classifier is not None, "train or load first"
        rows = self._classifier.confidences(sparse_features(messages), dense_features(messages))
        labels = self._classifier.labels
        for message, row in zip(messages, rows, strict=True):
            probability = float(row[labels.index(_URGENT)]) if _URGENT in labels else 0.0
            message.set(URGENCY, round(probability, 4), add_to_output=True)
        return messages
