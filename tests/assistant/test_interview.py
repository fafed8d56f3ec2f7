"""Interview: the form's questions and its verdict, as replies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.composing import Composer
from assistant.eligibility import Age, Record
from assistant.interview import ENTRY, Interview
from assistant.knowledge import Knowledge
from assistant.reply import Reply
from assistant.service import Assistant


@pytest.fixture
def interview(assistant: Assistant) -> Interview:
    return assistant.interview()


def choices(reply: Reply) -> list[str]:
    return [suggestion.message for suggestion in reply.suggestions]


def test_the_age_is_asked_for_with_the_conditions_first_and_briefly_again(interview: Interview) -> None:
    first, again = interview.ask_age(again=False), interview.ask_age(again=True)
    assert first.kind == again.kind == "form"
    assert "25周岁以上" in first.text
    assert "周岁" in again.text
    assert len(again.text) < len(first.text)
    assert choices(first) == choices(again) == ["不想说"]


def test_a_zodiac_sign_is_answered_with_the_ages_that_fit(interview: Interview) -> None:
    reply = interview.ask_age(again=True, ages=(24, 36, 48))
    assert "属相" in reply.text
    assert choices(reply) == ["24岁", "36岁", "48岁"]


@pytest.mark.parametrize(
    ("message", "kind", "said"),
    [
        ("我能不能报名当体验官", "form", "多少周岁"),
        ("没有前科，能报体验官吗", "form", "多少周岁"),
        ("我今年三十八岁，能报体验官吗", "form", "不良信用记录或者违法犯罪记录"),
        ("我今年三十八岁，没有前科，能报体验官吗", "answer", "可以报名"),
        ("我今年十八岁，没有前科，能报体验官吗", "answer", "18周岁还不到"),
    ],
)
def test_what_the_first_message_tells_is_not_asked_for(
    interview: Interview, message: str, kind: str, said: str
) -> None:
    reply = interview.opening(message)
    assert reply.kind == kind
    assert said in reply.text


def test_the_record_is_asked_for_and_nobody_has_to_say(interview: Interview) -> None:
    reply = interview.ask_record()
    assert reply.kind == "form"
    assert choices(reply) == ["没有", "有", "不想说"]


def test_what_was_not_understood_is_said_so(interview: Interview) -> None:
    reply = interview.not_understood()
    assert reply.kind == "form"
    assert "没有看明白" in reply.text
    assert reply.entry is None


@pytest.mark.parametrize(
    ("age", "record", "beginning", "reason"),
    [
        (45, "clean", "从您说的情况看，年龄和记录这两项符合条件", "您都符合"),
        (20, "clean", "从您说的情况看，不符合报名条件", "20周岁还不到"),
        (70, "clean", "从您说的情况看，不符合报名条件", "70周岁超过了"),
        (45, "blemished", "从您说的情况看，不符合报名条件", "没有不良信用记录"),
        (60, "clean", "这个要问招募方才能定", "刚好60周岁"),
        ("undisclosed", "clean", "这个要问招募方才能定", "您没有说年龄"),
        (45, "undisclosed", "这个要问招募方才能定", "您没有说记录"),
    ],
)
def test_the_verdict_is_an_answer_with_its_reason_and_whom_to_ask(
    interview: Interview, age: Age, record: Record, beginning: str, reason: str
) -> None:
    reply = interview.verdict(age, record)
    assert reply.kind == "answer"
    assert reply.entry == ENTRY
    assert reply.answer is not None
    assert reply.answer.startswith(beginning)
    assert reason in reply.answer
    assert "12345" in reply.answer
    assert "{" not in reply.text
    assert "出处：" in reply.text


def test_every_reason_is_told(interview: Interview) -> None:
    answer = interview.verdict(70, "blemished").answer or ""
    assert answer.index("没有不良信用记录") < answer.index("70周岁超过了")


def test_the_verdict_is_told_even_when_the_entry_is_gone(assistant: Assistant) -> None:
    knowledge = assistant.knowledge
    topics = tuple(
        replace(topic, entries=tuple(entry for entry in topic.entries if entry.id != ENTRY))
        for topic in knowledge.topics
    )
    without = Knowledge(topics, knowledge.regions, knowledge.contacts, "without")
    reply = Interview(Composer(without, assistant.wording, assistant.today())).verdict(45, "clean")
    assert reply.kind == "smalltalk"
    assert reply.entry is None
    assert "符合条件" in reply.text
