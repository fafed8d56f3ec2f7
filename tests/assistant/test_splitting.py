"""Splitting: the questions inside a message, in order, never too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.normalize import normalize
from assistant.splitting import MOST_QUESTIONS, questions_in


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("体验官招几个人？有工资吗？", ["体验官招几个人", "有工资吗"]),
        ("体验官招几个人，还有有工资吗", ["体验官招几个人", "有工资吗"]),
        ("体验官招几个人，另外，课间休息多长", ["体验官招几个人", "课间休息多长"]),
        ("招聘会在哪儿顺便问一下电梯坏了找谁", ["招聘会在哪儿", "电梯坏了找谁"]),
        ("体驗官招幾個人？課間多長？", ["体验官招几个人", "课间多长"]),
        ("我家住小店，今天捡了只鸟，该找谁", ["该找谁"]),
    ],
)
def test_the_questions_are_found_in_order(message: str, questions: list[str]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize("message", ["体验官招几个人", "体验官招几个人？", "", "？？？", "你好", "😀", "嗯，"])
def test_a_message_of_a_single_clause_is_not_split(message: str) -> None:
    assert questions_in(message) == []


def test_a_story_without_a_question_holds_none() -> None:
    assert questions_in("我家住小店，今天天气好，出门了") == []


@given(st.text("招几个人吗呢什么还有另外，。？！;、\n 请问abc12", max_size=80))
def test_there_are_never_more_than_can_be_read(message: str) -> None:
    questions = questions_in(message)
    assert len(questions) <= MOST_QUESTIONS
    assert all(questions)


@given(st.lists(st.sampled_from(["有工资吗", "在哪报名", "几点开始", "谁来管"]), min_size=2, max_size=8))
def test_every_question_up_to_the_limit_is_kept_as_written(asked: list[str]) -> None:
    assert questions_in("？".join(asked)) == asked[:MOST_QUESTIONS]


@given(st.text(max_size=100))
def test_questions_are_pieces_of_the_normalised_message(message: str) -> None:
    whole = normalize(message)
    assert all(question in whole for question in questions_in(message))
