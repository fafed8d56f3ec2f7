"""Eligibility: the form hears age and record in every order, and tells the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answer import ActionAnswer
from actions.eligibility import (
    ActionAskEligibilityAge,
    ActionAskEligibilityRecord,
    ActionAssessEligibility,
    ValidateEligibilityForm,
)
from actions.smalltalk import ActionSmalltalk
from tests.actions.conversations import DOMAIN, Conversation, parsed

FORM: dict[str, Any] = {"name": "eligibility_form"}
AGE, RECORD = "eligibility_age", "eligibility_record"


def form(requested: str | None = None, **slots: Any) -> Conversation:
    """A conversation in the form, which has just asked for `requested`."""
    return Conversation({AGE: None, RECORD: None, "requested_slot": requested, **slots}, FORM)


def heard(conversation: Conversation, text: str) -> tuple[Any, Any]:
    """Age and record after a message."""
    conversation.run(ValidateEligibilityForm(), parsed(text))
    return conversation.slots[AGE], conversation.slots[RECORD]


def test_the_domain_names_the_actions() -> None:
    actions = (ActionAskEligibilityAge, ActionAskEligibilityRecord, ActionAssessEligibility)
    assert {action().name() for action in actions} <= {name for name in DOMAIN["actions"] if isinstance(name, str)}


def test_only_the_validation_is_sent_the_domain() -> None:
    assert [item for item in DOMAIN["actions"] if isinstance(item, dict)] == [
        {ValidateEligibilityForm().name(): {"send_domain": True}}
    ]


def test_the_form_asks_for_age_and_record() -> None:
    assert DOMAIN["forms"]["eligibility_form"]["required_slots"] == [AGE, RECORD]


# Hearing.


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("45", 45),
        ("４５岁", 45),
        ("四十五", 45),
        ("四十五岁了", 45),
        ("我今年六十整", 60),
        ("1980年出生", 46),
        ("78年的", 48),
        ("不想说", "undisclosed"),
        ("这是隐私", "undisclosed"),
    ],
)
def test_the_age_is_heard_when_it_was_asked_for(text: str, age: Any) -> None:
    assert heard(form(AGE), text) == (age, None)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("没有", "clean"),
        ("都没有", "clean"),
        ("沒有啊！", "clean"),
        ("信用良好，遵纪守法", "clean"),
        ("有", "blemished"),
        ("有过一次逾期", "blemished"),
        ("坐过牢", "blemished"),
        ("不方便说", "undisclosed"),
    ],
)
def test_the_record_is_heard_when_it_was_asked_for(text: str, record: str) -> None:
    assert heard(form(RECORD, eligibility_age=45), text) == (45, record)


@pytest.mark.parametrize("requested", [None, AGE, RECORD])
@pytest.mark.parametrize(
    "text", ["我45岁，没有前科", "没有不良记录，今年四十五岁", "四十五岁，信用良好", "无违法犯罪记录，45周岁"]
)
def test_both_are_heard_at_once_in_either_order(requested: str | None, text: str) -> None:
    assert heard(form(requested), text) == (45, "clean")


def test_the_record_may_come_before_the_age() -> None:
    conversation = form(AGE)
    assert heard(conversation, "我坐过牢") == (None, "blemished")
    assert heard(conversation, "45") == (45, "blemished")


def test_what_was_told_with_the_question_that_opened_the_form_is_heard() -> None:
    assert heard(form(), "我今年50岁能当体验官吗") == (50, None)
    assert heard(form(), "我28岁，信用良好，没有前科，够不够资格") == (28, "clean")


def test_an_age_can_be_corrected() -> None:
    assert heard(form(RECORD, eligibility_age=45), "说错了，我55岁") == (55, None)


def test_a_year_in_the_record_is_no_age() -> None:
    assert heard(form(RECORD, eligibility_age=45), "逾期过一次，2015年的事") == (45, "blemished")


@pytest.mark.parametrize("requested", [AGE, RECORD])
@pytest.mark.parametrize("text", ["体验官招几个人", "什么意思", "？？？", ""])
def test_anything_else_is_not_heard(requested: str, text: str) -> None:
    conversation = form(requested)
    assert heard(conversation, text) == (None, None)
    assert not any(
        event["name"] in (AGE, RECORD) for event in conversation.run(ValidateEligibilityForm(), parsed(text))
    )


def test_a_bare_number_is_no_age_when_the_record_was_asked_for() -> None:
    assert heard(form(RECORD, eligibility_age=45), "12345") == (45, None)


# Asking.


def ask(action: Any, conversation: Conversation, text: str = "好") -> dict[str, Any]:
    assert conversation.run(action, parsed(text)) == []
    (reply,) = conversation.replies
    assert reply["kind"] == "form"
    assert reply["entry"] is None
    return reply


def buttons(conversation: Conversation) -> list[str]:
    return [button["payload"] for button in conversation.said[0]["buttons"]]


def test_the_age_is_asked_for_with_the_conditions_at_first_and_briefly_again() -> None:
    first = ask(ActionAskEligibilityAge(), form())
    again = ask(ActionAskEligibilityAge(), form(AGE))
    assert "25周岁以上" in first["text"]
    assert len(again["text"]) < len(first["text"])


def test_a_zodiac_sign_asks_which_of_its_ages() -> None:
    conversation = form(AGE)
    assert heard(conversation, "我属马") == (None, None)
    assert "属相" in ask(ActionAskEligibilityAge(), conversation, "我属马")["text"]
    assert buttons(conversation)[:3] == ["24岁", "36岁", "48岁"]
    assert heard(conversation, "48岁") == (48, None)


def test_a_zodiac_sign_asks_again_instead_of_leaving_the_form() -> None:
    """Rasa leaves a form whose validation sets no slot; an empty age keeps it asking."""
    events = form(AGE).run(ValidateEligibilityForm(), parsed("我属马"))
    assert {"event": "slot", "timestamp": None, "name": AGE, "value": None} in events


def test_the_record_is_asked_for_with_a_way_not_to_say() -> None:
    conversation = form(RECORD)
    assert "不良信用记录" in ask(ActionAskEligibilityRecord(), conversation)["text"]
    assert buttons(conversation) == ["没有", "有", "不想说"]


# The verdict.


@pytest.mark.parametrize(
    ("age", "record", "beginning"),
    [
        (45, "clean", "从您说的情况看，年龄和记录这两项符合条件"),
        (24, "clean", "从您说的情况看，不符合报名条件"),
        (61, "clean", "从您说的情况看，不符合报名条件"),
        (45, "blemished", "从您说的情况看，不符合报名条件"),
        (25, "clean", "这个要问招募方才能定"),
        (60, "clean", "这个要问招募方才能定"),
        ("undisclosed", "clean", "这个要问招募方才能定"),
        (45, "undisclosed", "这个要问招募方才能定"),
    ],
)
def test_the_verdict_is_told_and_belongs_to_the_entry_that_asked(age: Any, record: str, beginning: str) -> None:
    conversation = form(None, eligibility_age=age, eligibility_record=record, choices=["a"])
    conversation.run(ActionAssessEligibility(), parsed("没有"))
    (reply,) = conversation.replies
    assert reply["kind"] == "answer"
    assert reply["answer"].startswith(beginning)
    assert conversation.entries == ["inspector_eligibility_check"]
    assert conversation.slots["entry"] == "inspector_eligibility_check"
    assert conversation.slots["choices"] == []


# After the verdict.


def told(age: Any = 68, record: str = "clean") -> Conversation:
    """A conversation in which the verdict was just told."""
    return Conversation({AGE: age, RECORD: record, "requested_slot": None, "entry": "inspector_eligibility_check"})


@pytest.mark.parametrize("action", [ActionAnswer(), ActionSmalltalk()])
def test_a_correction_changes_the_verdict(action: Any) -> None:
    conversation = told()
    conversation.run(action, parsed("说错了，是58不是68", ("deny", 0.9)))
    assert conversation.entries == ["inspector_eligibility_check"]
    assert "可以报名" in conversation.replies[0]["answer"]
    conversation.run(action, parsed("不对，还逾期过", ("deny", 0.9)))
    assert "不符合" in conversation.replies[0]["answer"]
    assert (conversation.slots[AGE], conversation.slots[RECORD]) == (58, "blemished")


@pytest.mark.parametrize("action", [ActionAnswer(), ActionSmalltalk()])
def test_what_was_told_is_forgotten_with_the_next_other_message(action: Any) -> None:
    conversation = told()
    conversation.run(action, parsed("谢谢", ("thanks", 0.95)))
    assert (conversation.slots[AGE], conversation.slots[RECORD]) == (None, None)
    conversation.run(action, parsed("说错了，是58不是68", ("deny", 0.9)))
    assert "可以报名" not in conversation.replies[0]["text"]


def test_somebody_elses_case_opens_the_form_anew() -> None:
    conversation = told()
    events = conversation.run(ActionAnswer(), parsed("那我妈呢，她62"))
    assert [event["name"] for event in events if event["event"] == "followup"] == ["eligibility_form"]
    assert conversation.said == []


def test_the_form_begins_without_what_was_told_for_the_verdict_before() -> None:
    assert heard(form(None, eligibility_age=68, eligibility_record="clean"), "那我妈呢，她62") == (62, None)


def test_a_question_in_the_middle_of_the_form_forgets_nothing() -> None:
    conversation = form(RECORD, eligibility_age=45)
    conversation.run(ActionAnswer(), parsed("体验官招几个人", ("inspector_headcount", 0.95)))
    assert conversation.slots[AGE] == 45


def test_who_refused_may_still_tell_the_age() -> None:
    assert heard(form(RECORD, eligibility_age="undisclosed"), "算了告诉你吧，48") == (48, None)
