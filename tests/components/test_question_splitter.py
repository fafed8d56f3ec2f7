"""QuestionSplitter: the single questions of a message, as messages beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.splitting import MOST_QUESTIONS
from components.normalizer import TYPED
from components.question_splitter import PART, QuestionSplitter
from tests.components.pipelines import create, examples


@pytest.fixture
def splitter(tmp_path: Path) -> QuestionSplitter:
    component = create("components.question_splitter.QuestionSplitter", tmp_path)
    assert isinstance(component, QuestionSplitter)
    return component


def split(splitter: QuestionSplitter, *typed: str) -> list[tuple[str, bool]]:
    messages = [Message(data={TEXT: text.rstrip("?"), TYPED: text}) for text in typed]
    return [(message.get(TEXT), bool(message.get(PART))) for message in splitter.process(messages)]


def test_each_question_follows_its_message(splitter: QuestionSplitter) -> None:
    assert split(splitter, "招几个人?有工资吗?") == [
        ("招几个人?有工资吗", False),
        ("招几个人", True),
        ("有工资吗", True),
    ]


def test_a_single_question_stays_alone(splitter: QuestionSplitter) -> None:
    assert split(splitter, "招几个人?") == [("招几个人", False)]


def test_the_same_question_is_read_once(splitter: QuestionSplitter) -> None:
    assert split(splitter, "招几个人?招几个人?")[1:] == [("招几个人", True)]


def test_there_are_never_more_than_can_be_read(splitter: QuestionSplitter) -> None:
    asked = "?".join(f"第{number}个是谁" for number in "一二三四五六七")
    assert len(split(splitter, asked)) == 1 + MOST_QUESTIONS


def test_several_messages_at_once_are_not_split(splitter: QuestionSplitter) -> None:
    assert [part for _, part in split(splitter, "招几个人?有工资吗?", "在吗?忙吗?")] == [False, False]


def test_pauses_are_heard_that_the_normalised_text_has_lost(splitter: QuestionSplitter) -> None:
    messages = splitter.process([Message(data={TEXT: "招几个人有工资吗", TYPED: "招几个人 有工资吗"})])
    assert [message.get(TEXT) for message in messages[1:]] == ["招几个人", "有工资吗"]


def test_a_message_without_what_was_typed_is_split_by_its_text(splitter: QuestionSplitter) -> None:
    messages = splitter.process([Message(data={TEXT: "招几个人,有工资吗"})])
    assert [message.get(TEXT) for message in messages[1:]] == ["招几个人", "有工资吗"]


def test_examples_are_learnt_whole(splitter: QuestionSplitter) -> None:
    data = examples({"count": ["招几个人?有工资吗?"]})
    assert splitter.process_training_data(data) is data
    assert len(data.training_examples) == 1
