"""Urgency: what it is measured by was never learnt."""

from __future__ import annotations

import pytest

from assistant.examples import read_examples
from assistant.normalize import bare
from assistant.service import Assistant
from assistant.settings import ROOT
from benchmarks.quality.outside import FOLDER, read_list


@pytest.mark.parametrize("name", ["urgent.yml", "calm.yml"])
def test_no_message_of_the_evaluation_is_an_example(assistant: Assistant, name: str) -> None:
    learnt = {bare(question) for entry in assistant.knowledge for question in (entry.title, *entry.questions)}
    for file in (ROOT / "data" / "nlu").glob("*.yml"):
        learnt.update(map(bare, read_examples(file)))
    messages = read_list(FOLDER / name)
    assert messages
    assert [message for message in messages if bare(message) in learnt] == []
