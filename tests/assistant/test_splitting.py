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
        ("我家住在小店区的汾河边上，今天早上捡了只受伤的鸟，该找谁", ["该找谁"]),
        ("那咱们县的体验官呢，这回的聘期一共有多长，啥时候到期", ["这回的聘期一共有多长", "啥时候到期"]),
    ],
)
def test_the_questions_are_found_in_order(message: str, questions: list[str]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize("message", ["卡拔了，然后呢", "那体验官呢，啥时候到期", "我家住小店，捡了只鸟，该找谁"])
def test_a_single_question_with_little_around_it_is_read_as_a_whole(message: str) -> None:
    assert questions_in(message) == []


@pytest.mark.parametrize("message", ["体验官招几个人", "体验官招几个人？", "", "？？？", "你好", "😀", "嗯，"])
def test_a_message_of_a_single_clause_is_not_split(message: str) -> None:
    assert questions_in(message) == []


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("体验官招几个人 给钱不", ["体验官招几个人", "给钱不"]),
        ("聘期多长\n有工资没", ["聘期多长", "有工资没"]),
        ("招聘会哪天　在哪", ["招聘会哪天", "在哪"]),
    ],
)
def test_white_space_between_two_questions_parts_them(message: str, questions: list[str]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize("message", ["体验官 招 几个人", "我 想 问 一下 电梯 坏了", "体验官 多大岁数 能当"])
def test_other_white_space_carries_no_meaning(message: str) -> None:
    assert questions_in(message) == []


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("多大岁数能当怎么报名", ["多大岁数能当", "怎么报名"]),
        ("啥时候开始的哪些学校有", ["啥时候开始的", "哪些学校有"]),
        ("献一策咋提意见啊能匿名不", ["献一策咋提意见啊", "能匿名不"]),
        ("医院改名叫啥了是公立的不", ["医院改名叫啥了", "是公立的不"]),
        ("在哪办的有多少家企业", ["在哪办的", "有多少家企业"]),
        ("招几个人给不给钱", ["招几个人", "给不给钱"]),
    ],
)
def test_a_new_question_word_begins_a_second_question(message: str, questions: list[str]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "谁知道怎么报名",
        "从几点到几点",
        "能不能告诉我怎么报名",
        "收不收怎么种地的点子",
        "报道有没有写怎么赔",
        "就是怎么怎么报名",
    ],
)
def test_two_question_words_may_be_one_question(message: str) -> None:
    assert questions_in(message) == []


@pytest.mark.parametrize(
    ("message", "meant"),
    [("我问的是报名，不是要不要面试", "报名"), ("不对，我是说招聘会在哪，几点", "招聘会在哪,几点")],
)
def test_of_a_correction_only_what_is_meant_is_asked(message: str, meant: str) -> None:
    assert questions_in(message) == [meant]


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
