"""KnowledgeImporter: makes intents, examples, entities and rules from the knowledge files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import METADATA, METADATA_EXAMPLE
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.examples import questions, read_intents, statements
from assistant.knowledge import Entry, Knowledge
from assistant.regions import Regions
from assistant.settings import get_settings
from assistant.validation import load_knowledge

#: The action that answers an entry's intent.
ANSWER_ACTION = "action_answer"
#: Marks examples that are sentences of an answer, and those of entries that are urgent.
_STATEMENT = {"statement": True}
_URGENT = {"urgent": True}


class KnowledgeImporter(TrainingDataImporter):
    """An entry becomes an intent; its title and questions are the examples; a rule leads to the answer.

    Places and the topics' own terms become lookup tables and synonyms, from which tokenizer and entity ruler are
    built.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: str | list[str] | None = None,
        **_: Any,
    ) -> None:
        self._knowledge = load_knowledge(get_settings().data_folder)

    def get_config(self) -> dict[str, Any]:
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        return None

    def get_domain(self) -> Domain:
        """The entries' intents. `use_entities` is empty: no rule depends on an entity."""
        intents: list[dict[str, Any]] = [{entry.id: {"use_entities": []}} for entry in self._knowledge]
        return Domain.from_dict({"intents": intents})

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """Examples, lookup tables (one a kind of entity) and synonyms."""
        examples = [
            Message.build(text=text, intent=entry.id, example_metadata=_URGENT if entry.urgent else None)
            for entry in self._knowledge
            for text in questions(entry)
        ]
        examples += [
            Message.build(text=text, intent=entry.id, example_metadata=_STATEMENT)
            for entry in self._knowledge
            for text in statements(entry)
        ]
        tables, synonyms = entity_tables(self._knowledge)
        lookups = [{"name": name, "elements": sorted(words)} for name, words in sorted(tables.items())]
        return TrainingData(examples, entity_synonyms=synonyms, lookup_tables=lookups)

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """One rule an entry: its intent leads to the answer, or opens the entry's form."""
        rules = [{"rule": f"answer {entry.id}", "steps": _steps(entry)} for entry in self._knowledge]
        return StoryGraph(YAMLStoryReader().read_from_parsed_yaml({"version": "3.1", "rules": rules}))


def _steps(entry: Entry) -> list[dict[str, str]]:
    if entry.form:
        return [{"intent": entry.id}, {"action": entry.form}, {"active_loop": entry.form}]
    return [{"intent": entry.id}, {"action": ANSWER_ACTION}]


def is_statement(example: Message) -> bool:
    """Whether a training example is a sentence of an answer and not a question."""
    return (example.get(METADATA) or {}).get(METADATA_EXAMPLE) == _STATEMENT


def is_urgent(example: Message) -> bool:
    """Whether a training example is a question of an urgent entry."""
    return (example.get(METADATA) or {}).get(METADATA_EXAMPLE) == _URGENT


def base_intents(base_file: Path) -> frozenset[str]:
    """The intents of data/nlu/base.yml: greetings and the like, which no entry answers."""
    return frozenset(read_intents(base_file))


def entity_tables(knowledge: Knowledge) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Words by kind of entity, and each alias with the name it stands for."""
    tables: dict[str, set[str]] = {"region": _places(knowledge.regions)}
    synonyms = {
        alias: region.name
        for region in (knowledge.regions.city, *knowledge.regions.districts)
        for alias in region.aliases
    }
    for topic in knowledge.topics:
        for category, words in topic.terms.items():
            for term, aliases in words.items():
                tables.setdefault(category, set()).update((term, *aliases))
                synonyms |= dict.fromkeys(aliases, term)
    return tables, synonyms


def _places(regions: Regions) -> set[str]:
    names = {name for region in (regions.city, *regions.districts) for name in (region.name, *region.aliases)}
    return names | set(regions.elsewhere)
