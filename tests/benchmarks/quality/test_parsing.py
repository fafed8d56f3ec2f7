"""Parsing: both sides get the same messages by turns."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.service import Assistant
from assistant.settings import Settings
from benchmarks.quality.parsing import in_turn, questions


class Side:
    """Takes as many milliseconds for a message as its number, and tells when it was asked."""

    def __init__(self, name: str, asked: list[tuple[str, list[str]]]) -> None:
        self._name, self._asked = name, asked

    def times(self, messages: Sequence[str]) -> list[float]:
        self._asked.append((self._name, list(messages)))
        return [float(message) for message in messages]


def test_both_sides_take_turns_with_the_same_messages_and_the_first_block_does_not_count() -> None:
    messages = [str(number) for number in range(50)]
    asked: list[tuple[str, list[str]]] = []
    ours, theirs = in_turn((Side("a", asked).times, Side("b", asked).times), messages)
    assert [name for name, _ in asked] == ["a", "b"] * 3
    assert [block for name, block in asked if name == "a"] == [block for name, block in asked if name == "b"]
    assert [message for name, block in asked if name == "a" for message in block] == messages
    assert ours == theirs == [float(number) for number in range(20, 50)]


def test_the_stock_model_learns_every_intent_from_a_part_of_the_questions(assistant: Assistant) -> None:
    pairs = questions(Settings(), assistant.knowledge)
    assert {entry.id for entry in assistant.knowledge} <= {intent for _, intent in pairs}
    assert len(pairs) < sum(len(entry.questions) for entry in assistant.knowledge) / 4
    assert len(set(pairs)) == len(pairs)
