"""KnowledgeImporter: intents, examples, tables and rules, all from the knowledge."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from assistant.examples import read_intents
from assistant.knowledge import Knowledge
from assistant.normalize import bare
from assistant.service import Assistant
from assistant.settings import ROOT
from components.knowledge_importer import (
    ANSWER_ACTION,
    KnowledgeImporter,
    base_intents,
    entity_tables,
    is_statement,
    is_urgent,
    statements,
)

CONFIG = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
DOMAIN = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def knowledge(assistant: Assistant) -> Knowledge:
    return assistant.knowledge


@pytest.fixture(scope="module")
def importer() -> KnowledgeImporter:
    return KnowledgeImporter()


@pytest.fixture(scope="module")
def data(importer: KnowledgeImporter) -> TrainingData:
    return importer.get_nlu_data()


def test_config_names_the_importer() -> None:
    """Rasa only logs a warning about a name that it cannot import, and drops the data."""
    names = [item["name"] for item in CONFIG["importers"]]
    assert f"{KnowledgeImporter.__module__}.{KnowledgeImporter.__name__}" in names
    assert "RasaFileImporter" in names


def test_rasa_sees_the_intents_of_the_knowledge_beside_the_domains(knowledge: Knowledge) -> None:
    folder = str(ROOT)
    combined = TrainingDataImporter.load_from_config(f"{folder}/config.yml", f"{folder}/domain.yml", [f"{folder}/data"])
    domain = combined.get_domain()
    own = {name for item in DOMAIN["intents"] for name in item}
    assert own | {entry.id for entry in knowledge} <= set(domain.intents)
    assert "region" in domain.entities
    assert "action_answer" in domain.action_names_or_texts


# Domain.


def test_there_are_as_many_intents_as_entries(importer: KnowledgeImporter, knowledge: Knowledge) -> None:
    intents = importer.get_domain().as_dict()["intents"]
    assert len(intents) == len(knowledge)
    names = {name for intent in intents for name in (intent if isinstance(intent, dict) else [intent])}
    assert names == {entry.id for entry in knowledge}


def test_no_rule_depends_on_an_entity(importer: KnowledgeImporter, knowledge: Knowledge) -> None:
    properties = importer.get_domain().intent_properties
    assert all(properties[entry.id]["used_entities"] == [] for entry in knowledge)


def test_there_is_no_configuration_of_its_own(importer: KnowledgeImporter) -> None:
    assert importer.get_config() == {}
    assert importer.get_config_file_for_auto_config() is None


# Examples.


def test_an_entrys_examples_are_its_title_and_its_questions(data: TrainingData, knowledge: Knowledge) -> None:
    found = defaultdict(set)
    for example in data.intent_examples:
        if not is_statement(example):
            found[example.get(INTENT)].add(example.get(TEXT))
    assert found == {entry.id: {entry.title, *entry.questions} for entry in knowledge}


def test_no_example_stands_under_two_intents(data: TrainingData) -> None:
    owners = defaultdict(set)
    for example in data.intent_examples:
        if not is_statement(example):
            owners[bare(example.get(TEXT))].add(example.get(INTENT))
    for file in (ROOT / "data" / "nlu").glob("*.yml"):
        for intent, examples in read_intents(file).items():
            for example in examples:
                owners[bare(example)].add(intent)
    assert {text: intents for text, intents in owners.items() if len(intents) > 1} == {}


def test_sentences_of_answers_are_marked_and_belong_to_calm_entries(data: TrainingData, knowledge: Knowledge) -> None:
    marked = [example for example in data.intent_examples if is_statement(example)]
    assert marked
    urgent = {entry.id for entry in knowledge if entry.urgent}
    assert not urgent & {example.get(INTENT) for example in marked}


def test_the_questions_of_urgent_entries_are_marked_and_no_others(data: TrainingData, knowledge: Knowledge) -> None:
    marked = Counter(example.get(INTENT) for example in data.intent_examples if is_urgent(example))
    assert marked == {entry.id: 1 + len(entry.questions) for entry in knowledge if entry.urgent}


def test_an_entrys_sentences_are_told_apart_each_once(knowledge: Knowledge) -> None:
    for entry in knowledge:
        sentences = statements(entry)
        assert len(set(sentences)) == len(sentences)
        assert all(sentence in f"{entry.answer}{entry.script}" for sentence in sentences)
        assert all("。" not in sentence and len(sentence) >= 6 for sentence in sentences)


def test_an_urgent_entry_states_nothing(knowledge: Knowledge) -> None:
    assert [entry.id for entry in knowledge if entry.urgent and statements(entry)] == []


# Tables.


def test_lookup_tables_hold_places_and_terms_of_kinds_that_the_domain_knows(
    data: TrainingData, knowledge: Knowledge
) -> None:
    tables = {table["name"]: table["elements"] for table in data.lookup_tables}
    assert set(tables) <= set(DOMAIN["entities"])
    assert {"太原市", "阳曲县", "阳曲", "大同"} <= set(tables["region"])
    for topic in knowledge.topics:
        for category, words in topic.terms.items():
            for term, aliases in words.items():
                assert {term, *aliases} <= set(tables[category])
    assert all(elements == sorted(set(elements)) for elements in tables.values())


def test_aliases_stand_for_their_names(data: TrainingData, knowledge: Knowledge) -> None:
    assert data.entity_synonyms["小店"] == "小店区"
    assert data.entity_synonyms["龙城"] == "太原市"
    for topic in knowledge.topics:
        for words in topic.terms.values():
            for term, aliases in words.items():
                assert all(data.entity_synonyms[alias] == term for alias in aliases)


def test_no_word_is_of_two_kinds_and_no_alias_stands_for_two_names(knowledge: Knowledge) -> None:
    tables, synonyms = entity_tables(knowledge)
    kinds = Counter(word for words in tables.values() for word in words)
    assert [word for word, count in kinds.items() if count > 1] == []
    names = defaultdict(set)
    for topic in knowledge.topics:
        for words in topic.terms.values():
            for term, aliases in words.items():
                for alias in aliases:
                    names[alias].add(term)
    assert {alias: terms for alias, terms in names.items() if len(terms) > 1} == {}
    assert all(alias != name for alias, name in synonyms.items())


# Rules.


def test_every_entry_has_a_rule_that_leads_to_its_answer_or_opens_its_form(
    importer: KnowledgeImporter, knowledge: Knowledge
) -> None:
    rules = {}
    for step in importer.get_stories().story_steps:
        assert step.block_name.startswith("answer ")
        rules[step.block_name.removeprefix("answer ")] = step.events
    assert set(rules) == {entry.id for entry in knowledge}
    for entry in knowledge:
        events = rules[entry.id]
        assert [event.intent_name for event in events if isinstance(event, UserUttered)] == [entry.id]
        actions = [event.action_name for event in events if isinstance(event, ActionExecuted)]
        loops = [event.name for event in events if isinstance(event, ActiveLoop)]
        assert (entry.form or ANSWER_ACTION) in actions
        assert loops == ([entry.form] if entry.form else [])


def test_forms_and_the_answering_action_are_in_the_domain(knowledge: Knowledge) -> None:
    assert {entry.form for entry in knowledge if entry.form} <= set(DOMAIN["forms"])
    assert ANSWER_ACTION in DOMAIN["actions"]


def test_base_intents_are_those_of_their_file() -> None:
    base = base_intents(ROOT / "data" / "nlu" / "base.yml")
    assert {"greet", "thanks", "stop", "talk_to_human"} <= base
    assert not any(intent.startswith(("not_covered_", INTENT_MESSAGE_PREFIX)) for intent in base)
