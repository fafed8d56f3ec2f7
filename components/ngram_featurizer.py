"""NgramFeaturizer: counts of a message's characters and their neighbours, as one sparse sentence feature."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.ngrams import counts, vocabulary

_FILE = "ngrams.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds a sparse sentence feature of shape (1, pieces) to each message: how often each known piece occurs.

    Rasa's CountVectorsFeaturizer counts the same, but it needs tokens, and it counts every token by itself as well,
    which no component here reads and which takes longer than everything else about a short message.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`longest`: characters of the longest piece; `most`: pieces that are kept, the most widespread ones."""
        return {**SparseFeaturizer.get_default_config(), "longest": 2, "most": 15000}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError for a number that is none."""
        for name in ("longest", "most"):
            if not isinstance(config[name], int) or config[name] < 1:
                raise ValueError(f"{name}: {config[name]!r} must be a whole number from 1 on")

    def __init__(
        self, name: str, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, pieces: list[str]
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._columns = {piece: column for column, piece in enumerate(pieces)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        return cls(execution_context.node_name, config, model_storage, resource, [])

    def train(self, training_data: TrainingData) -> Resource:
        texts = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        pieces = vocabulary(texts, self._config["longest"], self._config["most"])
        self._columns = {piece: column for column, piece in enumerate(pieces)}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        with model_storage.read_from(resource) as folder:
            pieces = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(execution_context.node_name, config, model_storage, resource, pieces)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            counted = counts([message.get(TEXT)], self._columns, self._config["longest"])
            message.add_features(Features(counted, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
