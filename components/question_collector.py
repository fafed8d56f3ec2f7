"""QuestionCollector: the last component; folds the single questions back into the message they came from."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.coverage_guard import COVERAGE
from components.question_splitter import PART
from components.urgency_detector import URGENCY

#: Where the questions inside a message are found in its parse.
QUESTIONS = "questions"
_KEPT = (TEXT, INTENT, INTENT_RANKING_KEY, COVERAGE, URGENCY, ENTITIES)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionCollector(GraphComponent):
    """Sets `questions` on the first message: the parses of the questions inside it, in order.

    Token positions are dropped from the parse: nothing reads them, and every turn would carry them along.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionCollector:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        parts = [message for message in messages if message.get(PART)]
        messages = [message for message in messages if not message.get(PART)]
        if parts:
            questions = [{key: part.get(key) for key in _KEPT} for part in parts]
            messages[0].set(QUESTIONS, questions, add_to_output=True)
        for message in messages:
            message.output_properties.discard(TOKENS_NAMES[TEXT])
        return messages
