"""SpacyZh: words and entities from the training data's own tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.question_splitter import PART
from tests.components.pipelines import Pipeline, create, examples, load

NAME = "components.spacy_zh.SpacyZh"


def understood(pipeline: Pipeline, text: str) -> Message:
    (message,) = pipeline.components[NAME].process([Message(data={TEXT: text})])
    assert isinstance(message, Message)
    return message


def found(pipeline: Pipeline, text: str) -> list[tuple[str, str, str]]:
    """Kind, text and value of each entity."""
    entities = understood(pipeline, text).get(ENTITIES)
    return [(entity["entity"], text[entity["start"] : entity["end"]], entity["value"]) for entity in entities]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("小店区的电梯", [("region", "小店区", "小店区")]),
        ("小店的电梯", [("region", "小店", "小店区")]),
        ("营商环境体验官在阳曲县", [("concept", "营商环境体验官", "营商环境体验官"), ("region", "阳曲县", "阳曲县")]),
        ("测评员是谁", [("concept", "测评员", "体验官")]),
        ("abc指数", [("concept", "abc指数", "ABC 指数")]),
        ("没有什么", []),
    ],
)
def test_entities_are_found_with_the_name_that_they_stand_for(
    pipeline: Pipeline, text: str, entities: list[tuple[str, str, str]]
) -> None:
    assert found(pipeline, text) == entities


@pytest.mark.parametrize("word", ["营商环境体验官", "阳曲县", "测评员"])
def test_words_of_the_tables_are_kept_whole(pipeline: Pipeline, word: str) -> None:
    tokens = [token.text for token in understood(pipeline, f"请问{word}多少").get(TOKENS_NAMES[TEXT])]
    assert word in tokens


@pytest.mark.parametrize("text", ["体验官招几个人", "打12345 行不行", "abc def", "一 二\n三", "无"])
def test_tokens_stand_where_they_say(pipeline: Pipeline, text: str) -> None:
    tokens = understood(pipeline, text).get(TOKENS_NAMES[TEXT])
    assert tokens
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(token.text.strip() for token in tokens)


def test_entities_found_before_stay(pipeline: Pipeline) -> None:
    earlier = {"entity": "number", "start": 0, "end": 1, "value": 1}
    (message,) = pipeline.components[NAME].process([Message(data={TEXT: "1个小店", ENTITIES: [earlier]})])
    assert [entity["entity"] for entity in message.get(ENTITIES)] == ["number", "region"]


def test_the_words_lie_in_the_model(tmp_path: Path) -> None:
    data = examples({"a": ["甲"]}, lookup_tables=[{"name": "place", "elements": ["鬼斧神工谷"]}])
    create(NAME, tmp_path).train(data)
    (message,) = load(NAME, tmp_path).process([Message(data={TEXT: "去鬼斧神工谷"})])
    assert [entity["value"] for entity in message.get(ENTITIES)] == ["鬼斧神工谷"]
    assert "鬼斧神工谷" in [token.text for token in message.get(TOKENS_NAMES[TEXT])]


def test_without_tables_there_are_tokens_and_no_entities(tmp_path: Path) -> None:
    component = create(NAME, tmp_path)
    component.train(examples({"a": ["甲"]}))
    (message,) = component.process([Message(data={TEXT: "阳曲县在哪"})])
    assert message.get(ENTITIES) == []
    assert message.get(TOKENS_NAMES[TEXT])


def test_questions_inside_a_message_are_not_cut_again(pipeline: Pipeline) -> None:
    (part,) = pipeline.components[NAME].process([Message(data={TEXT: "小店区的电梯", PART: True})])
    assert part.get(TOKENS_NAMES[TEXT]) is None
    assert part.get(ENTITIES) is None


def test_training_examples_are_not_cut(tmp_path: Path) -> None:
    data = examples({"a": ["小店区的电梯"]})
    component = create(NAME, tmp_path)
    component.train(data)
    (example,) = component.process_training_data(data).training_examples
    assert example.get(TOKENS_NAMES[TEXT]) is None
