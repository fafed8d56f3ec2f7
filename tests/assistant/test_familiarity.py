"""Familiarity: how much of a question is made of a subject's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.familiarity import Familiarity
from tests.assistant.turns import KNOWLEDGE

FAMILIARITY = Familiarity(KNOWLEDGE.topics, {entry.id: (*entry.questions, entry.title) for entry in KNOWLEDGE})


@pytest.mark.parametrize(
    ("question", "topic"),
    [("给钱吗", "inspectors"), ("多大岁数", "inspectors"), ("打什么电话", "lifts"), ("被骗了", "fraud")],
)
def test_a_question_of_a_topics_own_words_is_wholly_familiar(question: str, topic: str) -> None:
    assert FAMILIARITY.with_topic(question, topic) == pytest.approx(1)
    others = {other.id for other in KNOWLEDGE.topics} - {topic}
    assert all(FAMILIARITY.with_topic(question, other) < 0.5 for other in others)


@pytest.mark.parametrize("question", ["公积金咋提", "护照", "", "？", "好", "abc"])
def test_a_question_of_other_words_or_of_none_is_not_familiar(question: str) -> None:
    assert FAMILIARITY.with_topic(question, "inspectors") == 0


def test_one_entry_of_a_topic_is_told_from_another() -> None:
    assert FAMILIARITY.with_entry("给钱吗", "pay") > FAMILIARITY.with_entry("给钱吗", "age")


def test_rare_words_count_more_than_common_ones() -> None:
    assert FAMILIARITY.with_entry("体验官岁数", "age") > FAMILIARITY.with_entry("体验官岁数", "count") > 0


@pytest.mark.parametrize("question", ["干到啥时候", "干到甚会儿", "干到多会儿"])
def test_question_words_of_dialect_are_those_of_mandarin(question: str) -> None:
    assert FAMILIARITY.with_entry(question, "term") == pytest.approx(1)


@given(st.text(max_size=60))
def test_a_share_lies_between_0_and_1(question: str) -> None:
    assert 0 <= FAMILIARITY.with_topic(question, "inspectors") <= 1.000001
