"""ActionProbe: the model that Rasa stamped, and the knowledge at work."""

from __future__ import annotations

from typing import Any

import pytest

from actions.probe import ActionProbe
from assistant.service import Assistant
from tests.actions.conversations import DOMAIN, Conversation


def report(*events: dict[str, Any]) -> dict[str, Any]:
    conversation = Conversation(events=list(events))
    assert conversation.run(ActionProbe(), {"text": "/probe"}) == []
    (message,) = conversation.said
    assert message["text"] is None
    custom: dict[str, Any] = message["custom"]
    return custom


def test_the_domain_names_the_action() -> None:
    assert ActionProbe().name() in DOMAIN["actions"]


def test_the_latest_model_and_the_knowledge_are_told(assistant: Assistant) -> None:
    events = [
        {"event": "user", "metadata": {"model_id": "old"}},
        {"event": "user", "metadata": {"model_id": "new"}},
        {"event": "action", "metadata": {}},
    ]
    assert report(*events) == {"kind": "probe", "model": "new", "knowledge": assistant.knowledge.digest}


@pytest.mark.parametrize("event", [{}, {"metadata": None}, {"metadata": {"model_id": None}}])
def test_without_a_stamp_the_model_is_not_known(event: dict[str, Any]) -> None:
    assert report(event)["model"] is None
