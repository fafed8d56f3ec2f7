"""Normalizer: the first component; gives every later one the same spelling of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.normalize import bare

#: Where the message is kept as it was typed, for the question splitter: its pauses tell one question from the next.
TYPED = "typed"
#: What stands for a message without a single character to go by, so that no later component meets an empty text.
NOTHING = "…"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normalizer(GraphComponent):
    """Replaces a message's text by its normalised form (assistant.normalize) without outer punctuation."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normalizer:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for example in training_data.training_examples:
            self._normalize(example)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._normalize(message)
        return messages

    @staticmethod
    def _normalize(message: Message) -> None:
        text = message.get(TEXT)
        # "/intent" is a command to Rasa, not something that was said; the web process lets none of them through.
        if text is not None and not text.startswith(INTENT_MESSAGE_PREFIX):
            message.set(TYPED, text)
            message.set(TEXT, bare(text) or NOTHING)
