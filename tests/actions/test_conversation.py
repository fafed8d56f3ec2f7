"""Conversation: what is remembered, and replies in the contract's form."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context_of, get_assistant, remember, send
from assistant.answering import Context
from assistant.reply import Reply, Suggestion
from assistant.service import Assistant


def tracker(slots: dict[str, Any], metadata: Any = None) -> Tracker:
    return Tracker("resident", slots, {"text": "在吗", "metadata": metadata}, [], False, None, {}, None)


def test_the_assistant_is_loaded_once(assistant: Assistant) -> None:
    assert get_assistant() is get_assistant() is assistant


def test_slots_are_what_is_remembered() -> None:
    slots = {"region": "阳曲县", "entry": "inspector_pay", "choices": ["a", "b"]}
    assert context_of(tracker(slots)) == Context("阳曲县", "inspector_pay", ("a", "b"))


@pytest.mark.parametrize("metadata", [None, {}, {"region": None, "entry": None}])
def test_a_new_conversation_remembers_nothing(metadata: Any) -> None:
    assert context_of(tracker({"region": None, "entry": None, "choices": None}, metadata)) == Context()


def test_what_the_client_sent_counts_only_where_nothing_is_known() -> None:
    sent = {"region": "小店区", "entry": "lift_visit"}
    assert context_of(tracker({}, sent)) == Context("小店区", "lift_visit")
    known = {"region": "阳曲县", "entry": "inspector_pay"}
    assert context_of(tracker(known, sent)) == Context("阳曲县", "inspector_pay")


def test_only_what_changed_is_remembered_anew() -> None:
    before = Context("阳曲县", "inspector_pay", ())
    assert remember(before, before) == []
    events = remember(before, Context("阳曲县", "inspector_age", ("a", "b")))
    assert [(event["name"], event["value"]) for event in events] == [
        ("entry", "inspector_age"),
        ("choices", ["a", "b"]),
    ]


def test_a_reply_goes_out_as_text_buttons_and_the_contracts_object() -> None:
    dispatcher = CollectingDispatcher()
    reply = Reply("clarify", "哪一个？", suggestions=(Suggestion("甲", "问甲"), Suggestion("乙", "问乙")))
    send(dispatcher, [reply, Reply("smalltalk", "好的。")])
    first, second = dispatcher.messages
    assert first["text"] == first["custom"]["text"] == "哪一个？"
    assert first["buttons"] == [{"title": "甲", "payload": "问甲"}, {"title": "乙", "payload": "问乙"}]
    assert first["custom"] == reply.as_dict(get_assistant().today())
    assert second["buttons"] == []
