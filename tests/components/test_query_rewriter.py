"""QueryRewriter: messages are rewritten for every later component, examples are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from components.normalizer import TYPED
from components.query_rewriter import QueryRewriter
from tests.components.pipelines import Pipeline, create, examples, load

NAME = "components.query_rewriter.QueryRewriter"


def read(pipeline: Pipeline, typed: str) -> Message:
    """The message as the component leaves it."""
    (message,) = pipeline.components[NAME].process(pipeline.before(NAME, typed))
    assert isinstance(message, Message)
    return message


@pytest.mark.parametrize(
    ("typed", "text", "kept"),
    [
        ("TIYANGUAN zhao ji ge ren？", "体验官招几个人", "体验官招几个人?"),
        ("体验管招几个人？有工资吗？", "体验官招几个人?有工资吗", "体验官招几个人?有工资吗?"),
        ("体验官招几个人！", "体验官招几个人", "体验官招几个人！"),  # Nothing to rewrite: kept as it was typed.
        ("体验官招几个人 有工资吗", "体验官招几个人有工资吗", "体验官招几个人 有工资吗"),
    ],
)
def test_a_message_is_rewritten_with_and_without_its_pauses(
    pipeline: Pipeline, typed: str, text: str, kept: str
) -> None:
    message = read(pipeline, typed)
    assert message.get(TEXT) == text
    assert message.get(TYPED) == kept


@pytest.mark.parametrize("typed", ["/greet", "/tiyanguan"])
def test_a_command_stays(pipeline: Pipeline, typed: str) -> None:
    assert read(pipeline, typed).get(TEXT) == typed


def test_what_was_rewritten_is_what_the_parse_tells(pipeline: Pipeline) -> None:
    parse = pipeline.parse("tiyanguan zhao ji ge ren")
    assert parse[TEXT] == "体验官招几个人"
    assert parse["intent_ranking"] == pipeline.parse("体验官招几个人")["intent_ranking"]


def test_examples_are_learnt_as_they_are(tmp_path: Path) -> None:
    data = examples({"count": ["体验官招几个人", "tiyanguan zhao ji ge ren"]})
    component = create(NAME, tmp_path)
    assert isinstance(component, QueryRewriter)
    component.train(data)
    texts = [example.get(TEXT) for example in component.process_training_data(data).training_examples]
    assert texts == ["体验官招几个人", "tiyanguan zhao ji ge ren"]


def test_words_of_tables_and_synonyms_are_known(tmp_path: Path) -> None:
    data = examples(
        {"a": ["在哪里"]},
        lookup_tables=[{"name": "place", "elements": ["鬼斧神工谷"]}],
        entity_synonyms={"神工谷": "鬼斧神工谷", "大杨树村": "杨树村"},
    )
    create(NAME, tmp_path).train(data)
    component = load(NAME, tmp_path)
    typed = "guifushengonggu dayangshucun yangshucun"
    (message,) = component.process([Message(data={TEXT: typed, TYPED: typed})])
    assert message.get(TEXT) == "鬼斧神工谷大杨树村杨树村"
