"""Normalizer: the same spelling in training and in use."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.normalizer import NOTHING, TYPED, Normalizer
from tests.components.pipelines import create, examples

NAME = "components.normalizer.Normalizer"


@pytest.fixture
def normalizer(tmp_path: Path) -> Normalizer:
    component = create(NAME, tmp_path)
    assert isinstance(component, Normalizer)
    return component


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("體驗官　招幾個人？？？", "体验官招几个人"),
        ("招几个人，有工资吗？", "招几个人,有工资吗"),
        ("“ＡＢＣ”😀", "abc"),
    ],
)
def test_a_message_is_respelled_and_kept_beside_as_it_was_typed(normalizer: Normalizer, typed: str, text: str) -> None:
    (message,) = normalizer.process([Message(data={TEXT: typed})])
    assert message.get(TEXT) == text
    assert message.get(TYPED) == typed


@pytest.mark.parametrize("typed", ["", "  ", "？！", "😀"])
def test_no_later_component_meets_an_empty_text(normalizer: Normalizer, typed: str) -> None:
    (message,) = normalizer.process([Message(data={TEXT: typed})])
    assert message.get(TEXT) == NOTHING


def test_examples_are_respelled_like_messages(normalizer: Normalizer) -> None:
    data = normalizer.process_training_data(examples({"count": ["招幾個人？"], "pay": ["有工資嗎！"]}))
    assert [(item.get(TEXT), item.get(INTENT)) for item in data.training_examples] == [
        ("招几个人", "count"),
        ("有工资吗", "pay"),
    ]


def test_an_example_without_a_text_stays_as_it_is(normalizer: Normalizer) -> None:
    (message,) = normalizer.process([Message(data={INTENT: "greet"})])
    assert message.get(TEXT) is None
