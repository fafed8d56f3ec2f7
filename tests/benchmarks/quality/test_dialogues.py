"""Dialogues: the first turn that goes wrong is named."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.quality.dialogues import problem_of

REPLIES = {
    "招几个人": ("answer", "招10名"),
    "给钱不": ("answer", "没有工资"),
    "公积金咋提": ("unknown", "没有写，请打12345"),
}


class Assistant:
    """Answers from REPLIES and keeps the tokens that it was sent."""

    def __init__(self) -> None:
        self.tokens: list[str | None] = []

    def ask(self, message: str, token: str | None) -> dict[str, Any]:
        self.tokens.append(token)
        kind, text = REPLIES[message]
        return {"conversation": f"token {len(self.tokens)}", "replies": [{"kind": kind, "text": text}]}


def test_a_conversation_keeps_its_token() -> None:
    assistant = Assistant()
    turns = [{"say": "招几个人", "expect": ["10"]}, {"say": "给钱不", "expect": ["没有工资|义务"]}]
    assert problem_of(assistant.ask, turns) is None
    assert assistant.tokens == [None, "token 1"]


@pytest.mark.parametrize(
    ("turn", "problem"),
    [
        ({"say": "给钱不", "expect": ["义务"]}, "给钱不 → 没有工资 (lacks ['义务'])"),
        ({"say": "给钱不", "not": "answer"}, "给钱不 → 没有工资"),
        ({"say": "公积金咋提", "not": "answer"}, None),
    ],
)
def test_what_is_lacking_or_should_not_be_there_is_told(turn: dict[str, Any], problem: str | None) -> None:
    assert problem_of(Assistant().ask, [turn]) == problem
