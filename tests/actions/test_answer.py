"""ActionAnswer: replies in the contract's form, slots for what is remembered, a way out of the form."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answer import ActionAnswer
from actions.smalltalk import ActionSmalltalk
from assistant.service import Assistant
from tests.actions.conversations import DOMAIN, Conversation, parsed

FIELDS = {
    *("kind", "entry", "title", "text", "answer", "script", "source", "valid", "department", "region"),
    *("contacts", "suggestions", "code", "confidence"),
}
FORM: dict[str, Any] = {"name": "eligibility_form"}


@pytest.fixture
def action() -> ActionAnswer:
    return ActionAnswer()


def test_the_domain_names_the_action(action: ActionAnswer) -> None:
    assert action.name() in DOMAIN["actions"]
    assert ActionSmalltalk().name() in DOMAIN["actions"]


def test_a_sure_question_is_answered_in_the_contracts_form(action: ActionAnswer, assistant: Assistant) -> None:
    conversation = Conversation()
    conversation.run(action, parsed("体验官招几个人", ("inspector_headcount", 0.95)))
    (reply,) = conversation.replies
    entry = assistant.knowledge.get("inspector_headcount")
    assert entry is not None
    assert set(reply) == FIELDS
    assert (reply["kind"], reply["entry"], reply["title"], reply["code"]) == (
        "answer",
        entry.id,
        entry.title,
        entry.code,
    )
    assert reply["text"].startswith(entry.answer)
    assert reply["valid"] == {"from": "2026-03-06", "until": "2026-12-31", "status": "current"}
    assert reply["source"]["headline"] in reply["text"]
    assert reply["contacts"][0]["phone"] == "12345"
    assert conversation.said[0]["text"] == reply["text"]
    assert conversation.slots == {"entry": "inspector_headcount"}


def test_every_entry_of_the_knowledge_is_answered(action: ActionAnswer, assistant: Assistant) -> None:
    for entry in assistant.knowledge:
        conversation = Conversation({"region": "阳曲县"})
        conversation.run(action, parsed("这件事是怎么回事呢", (entry.id, 0.95), urgency=0.95 * entry.urgent))
        assert conversation.entries == [entry.id]
        assert conversation.kinds == ["urgent" if entry.urgent else "answer"]


def test_the_county_is_asked_for_then_remembered(action: ActionAnswer) -> None:
    conversation = Conversation()
    conversation.run(action, parsed("受伤的鸟找谁", ("wildlife_rescue", 0.95)))
    assert conversation.kinds == ["form"]
    assert {"title": "阳曲县", "payload": "阳曲县"} in conversation.said[0]["buttons"]
    conversation.run(action, parsed("阳曲县"))
    assert conversation.entries == ["wildlife_rescue"]
    assert conversation.slots["region"] == "阳曲县"
    assert conversation.run(action, parsed("受伤的鸟找谁", ("wildlife_rescue", 0.95))) == []
    assert "阳曲县林业主管部门" in conversation.replies[0]["text"]


def test_a_county_sent_by_the_client_is_not_asked_for(action: ActionAnswer) -> None:
    conversation = Conversation()
    message = parsed("受伤的鸟找谁", ("wildlife_rescue", 0.95), metadata={"region": "古交市"})
    conversation.run(action, message)
    assert "古交市林业主管部门" in conversation.replies[0]["text"]


def test_readings_are_offered_remembered_and_chosen(action: ActionAnswer) -> None:
    conversation = Conversation()
    conversation.run(action, parsed("当这个有什么要求没有呀", ("inspector_age", 0.3), ("inspector_record", 0.25)))
    assert conversation.kinds == ["clarify"]
    assert conversation.slots["choices"] == ["inspector_age", "inspector_record"]
    assert 2 <= len(conversation.said[0]["buttons"]) <= 4
    conversation.run(action, parsed("2"))
    assert conversation.entries == ["inspector_record"]
    assert conversation.slots["choices"] == []


def test_several_questions_get_several_replies(action: ActionAnswer) -> None:
    parts = [parsed("体验官招几个人", ("inspector_headcount", 0.95)), parsed("课间多长", ("school_break_rule", 0.95))]
    conversation = Conversation()
    conversation.run(action, parsed("体验官招几个人，课间多长", ("inspector_headcount", 0.4), questions=parts))
    assert conversation.entries == ["inspector_headcount", "school_break_rule"]
    assert len(conversation.said) == 2


def test_what_is_not_covered_leaves_the_conversation_as_it_was(action: ActionAnswer) -> None:
    conversation = Conversation({"region": "阳曲县", "entry": "inspector_pay", "choices": []})
    assert conversation.run(action, parsed("量子纠缠的贝尔不等式怎么推导", coverage=0.01)) == []
    assert conversation.kinds == ["unknown"]
    assert conversation.replies[0]["contacts"][0]["phone"] == "12345"


@pytest.mark.parametrize("message", [{}, {"text": None}, {"text": "", "intent": {"name": None}, "metadata": None}])
def test_a_message_without_anything_is_answered(action: ActionAnswer, message: dict[str, Any]) -> None:
    conversation = Conversation()
    conversation.run(action, message)
    assert conversation.kinds == ["unknown"]


# While the form is open.


def test_an_emergency_leaves_the_form(action: ActionAnswer) -> None:
    conversation = Conversation({"requested_slot": "eligibility_age"}, FORM)
    conversation.run(action, parsed("我手机被骗子远程控制了"))
    assert conversation.kinds == ["urgent"]
    assert conversation.active_loop == {}
    assert conversation.slots["requested_slot"] is None


def test_a_question_in_between_is_answered_and_the_form_stays(action: ActionAnswer) -> None:
    conversation = Conversation({"requested_slot": "eligibility_age"}, FORM)
    conversation.run(action, parsed("体验官招几个人", ("inspector_headcount", 0.95)))
    assert conversation.entries == ["inspector_headcount"]
    assert conversation.active_loop == FORM
    assert conversation.slots["requested_slot"] == "eligibility_age"


@pytest.mark.parametrize(
    "message",
    [
        parsed("量子纠缠的贝尔不等式怎么推导", coverage=0.01),
        parsed("当这个有什么要求没有呀", ("inspector_age", 0.3), ("inspector_record", 0.25)),
    ],
    ids=["unknown", "clarify"],
)
def test_what_is_not_understood_is_said_so_and_nothing_else_is_remembered(
    action: ActionAnswer, message: dict[str, Any]
) -> None:
    conversation = Conversation({"requested_slot": "eligibility_age"}, FORM)
    events = conversation.run(action, message)
    assert conversation.kinds == ["form"]
    assert "没有看明白" in conversation.replies[0]["text"]
    assert events == []


# Small talk.


@pytest.mark.parametrize(
    "intent", ["greet", "thanks", "goodbye", "who_are_you", "talk_to_human", "stop", "affirm", "deny"]
)
def test_small_talk_gets_its_sentence(assistant: Assistant, intent: str) -> None:
    conversation = Conversation({"entry": "inspector_pay"})
    assert conversation.run(ActionSmalltalk(), parsed("随便说一句话吧", (intent, 0.95))) == []
    assert conversation.kinds == ["smalltalk"]
    assert conversation.replies[0]["text"] == assistant.wording[intent]


def test_a_question_beside_small_talk_is_answered() -> None:
    parts = [parsed("你好在吗", ("greet", 0.95)), parsed("体验官招几个人", ("inspector_headcount", 0.95))]
    conversation = Conversation()
    conversation.run(ActionSmalltalk(), parsed("你好在吗，体验官招几个人", ("greet", 0.9), questions=parts))
    assert conversation.entries == ["inspector_headcount"]
    assert conversation.slots == {"entry": "inspector_headcount"}
