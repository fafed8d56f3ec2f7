"""SpacyZh: a Chinese spaCy pipeline built from the knowledge: jieba segmenter and entity ruler."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc

from assistant import segmenter
from assistant.normalize import bare
from components.question_splitter import PART


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class SpacyZh(Tokenizer):
    """Tokens and entities of a message.

    Trained from lookup tables and synonyms: their words join jieba's dictionary and the entity ruler. The spaCy
    pipeline lies in the model archive, so a model needs no file beside it.
    """

    @classmethod
    def required_packages(cls) -> list[str]:
        return ["spacy", "jieba"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, nlp: Language | None = None
    ) -> None:
        super().__init__(config)
        self._model_storage = model_storage
        self._resource = resource
        self._nlp = nlp

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyZh:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Build the pipeline from the training data's words and keep it in the model."""
        self._nlp = build_pipeline(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            self._nlp.to_disk(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpacyZh:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, load_pipeline(folder))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing learns from the examples' words: cutting all of them would be a tenth of a training."""
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        assert self._nlp is not None, "train or load first"
        return _tokens(self._nlp.make_doc(message.get(attribute)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add tokens and entities. An entity's value is the name that a synonym stands for."""
        assert self._nlp is not None, "train or load first"
        for message in messages:
            if message.get(PART):  # Its words are the whole message's.
                continue
            doc = self._nlp(message.get(TEXT))
            message.set(TOKENS_NAMES[TEXT], _tokens(doc))
            found = [
                {
                    ENTITY_ATTRIBUTE_TYPE: entity.label_,
                    ENTITY_ATTRIBUTE_START: entity.start_char,
                    ENTITY_ATTRIBUTE_END: entity.end_char,
                    ENTITY_ATTRIBUTE_VALUE: entity.ent_id_ or entity.text,
                    "extractor": "SpacyZh",
                }
                for entity in doc.ents
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _tokens(doc: Doc) -> list[Token]:
    return [Token(token.text, token.idx) for token in doc if not token.is_space]


def build_pipeline(training_data: TrainingData) -> Language:
    """A blank Chinese pipeline with an entity ruler over the words of the lookup tables."""
    words = [(table["name"], bare(word), word) for table in training_data.lookup_tables for word in table["elements"]]
    nlp = _blank(sorted({word for _, word, _ in words}))
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH", "overwrite_ents": True})
    synonyms = training_data.entity_synonyms
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": label, "pattern": word, "id": synonyms.get(written, written)} for label, word, written in words]
    )
    nlp.meta["words"] = [word for _, word, _ in words]
    return nlp


def load_pipeline(folder: Path) -> Language:
    """The pipeline written to `folder`, with its words known to the segmenter again."""
    # Before the pipeline: its ruler cuts its patterns while it is loaded.
    segmenter.add(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["words"])
    return spacy.load(folder)


def _blank(words: list[str]) -> Language:
    segmenter.prepare()
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    segmenter.add(words)
    return nlp
