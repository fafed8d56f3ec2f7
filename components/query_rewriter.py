"""QueryRewriter: puts pinyin and mistyped words into the words of the training data."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.normalize import bare, normalize
from assistant.rewriting import Rewriter
from components.normalizer import NOTHING, TYPED

_FILE = "rewriting.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class QueryRewriter(GraphComponent):
    """Rewrites a message (assistant.rewriting); stands after the Normalizer, and before all that reads words.

    Its vocabulary are the examples, the lookup tables and the synonyms. The examples themselves are learnt as they are.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource, rewriter: Rewriter | None = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._rewriter = rewriter

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QueryRewriter:
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        texts = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        words = {word for table in training_data.lookup_tables for word in table["elements"]}
        words.update(training_data.entity_synonyms, training_data.entity_synonyms.values())
        self._rewriter = Rewriter.learnt(texts, sorted(set(map(bare, words))))
        with self._model_storage.write_to(self._resource) as folder:
            self._rewriter.save(folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QueryRewriter:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Rewriter.load(folder / _FILE))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are learnt as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._rewriter is not None, "train or load first"
        for message in messages:
            typed = normalize(message.get(TYPED) or "")
            rewritten = self._rewriter.rewritten(typed)
            if rewritten != typed:  # Else the pauses of what was typed are kept, for the question splitter.
                message.set(TYPED, rewritten)
                message.set(TEXT, bare(rewritten) or NOTHING)
        return messages
