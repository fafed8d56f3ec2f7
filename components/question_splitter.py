"""QuestionSplitter: lets every later component also see the single questions inside a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.normalize import bare
from assistant.splitting import questions_in
from components.normalizer import TYPED

#: Marks a message that is one question of the first message.
PART = "part"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class QuestionSplitter(GraphComponent):
    """Appends one message for each question inside the first; QuestionCollector folds them back.

    Rasa reads only the first message at the end, so the others are workings of the pipeline.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionSplitter:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are learnt whole."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        if len(messages) != 1:  # Several messages at once are an evaluation: nothing to split.
            return messages
        whole = messages[0]
        parts = [bare(part) for part in questions_in(whole.get(TYPED) or whole.get(TEXT))]
        unlike = [part for part in dict.fromkeys(parts) if part and part != whole.get(TEXT)]
        return [whole, *(Message(data={TEXT: part, PART: True}) for part in unlike)]
