"""KnowledgeImporter: makes intents, examples, entities and rules from the knowledge files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from assistant.knowledge import Knowledge
from assistant.regions import Regions
from assistant.settings import get_settings
from assistant.validation import load_knowledge

#: The action that answers an entry's intent.
ANSWER_ACTION = "action_answer"


class KnowledgeImporter(TrainingDataImporter):
    """An entry becomes an intent; its title and questions are the examples; a rule leads to the answer.

    Places and the topics' own terms become lookup tables and synonyms, from which tokenizer and entity ruler are
    built. An intent that data/rules.yml names already gets no rule here.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: str | list[str] | None = None,
        **_: Any,
    ) -> None:
        folder = get_settings().data_folder
        self._knowledge = load_knowledge(folder)
        self._ruled = intents_with_rules(folder / "rules.yml")

    def get_config(self) -> dict[str, Any]:
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        return None

    def get_domain(self) -> Domain:
        """The entries' intents. `use_entities` is empty: no rule depends on an entity."""
        intents = [{entry.id: {"use_entities": []}} for entry in self._knowledge]
        return Domain.from_dict({"intents": intents, "actions": [ANSWER_ACTION]})

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """Examples, lookup tables (one a kind of entity) and synonyms."""
        examples = [
            Message.build(text=text, intent=entry.id)
            for entry in self._knowledge
            for text in (entry.title, *entry.questions)
        ]
        tables, synonyms = entity_tables(self._knowledge)
        lookups = [{"name": name, "elements": sorted(words)} for name, words in sorted(tables.items())]
        return TrainingData(examples, entity_synonyms=synonyms, lookup_tables=lookups)

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """One rule an entry: its intent leads to the answer."""
        rules = [
            {"rule": f"answer {entry.id}", "steps": [{"intent": entry.id}, {"action": ANSWER_ACTION}]}
            for entry in self._knowledge
            if entry.id not in self._ruled
        ]
        reader = YAMLStoryReader()
        return StoryGraph(reader.read_from_parsed_yaml({"rules": rules}))


def intents_with_rules(rules_file: Path) -> set[str]:
    """The intents that the hand-written rules begin with or contain."""
    rules = YAML(typ="safe").load(rules_file.read_text(encoding="utf-8"))["rules"]
    return {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}


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
                synonyms |= {alias: term for alias in aliases}
    return tables, synonyms


def _places(regions: Regions) -> set[str]:
    names = {name for region in (regions.city, *regions.districts) for name in (region.name, *region.aliases)}
    return names | set(regions.elsewhere)
