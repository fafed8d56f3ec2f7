"""Following: what leans on the conversation is read in it, and what has left it is not."""

from __future__ import annotations

import pytest

from assistant.answering import Context
from assistant.search import Search
from tests.assistant.turns import KNOWLEDGE, WORDING, Asker, entries, kinds


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(KNOWLEDGE, refused=["护照怎么换发", "公积金怎么提取"])


@pytest.fixture
def ask(search: Search) -> Asker:
    return Asker(search)


# Places.


@pytest.mark.parametrize("text", ["阳曲县", "那阳曲的呢", "我在阳曲", "换成阳曲县吧", "阳曲县和太原"])
def test_only_a_place_asks_the_question_before_for_that_place(ask: Asker, text: str) -> None:
    outcome = ask(text, {"count": 0.99}, context=Context(region="小店区", entry="bird"))
    assert entries(outcome) == ["bird"]
    assert (outcome.replies[0].answer or "").endswith("0351-1")
    assert outcome.context.region == "阳曲县"


def test_a_question_about_a_place_is_not_the_question_before(ask: Asker) -> None:
    outcome = ask("阳曲县的电梯坏了找谁", {"lift": 0.9}, context=Context(entry="bird"))
    assert entries(outcome) == ["lift"]


def test_a_place_alone_without_a_question_before_is_not_answered(ask: Asker) -> None:
    outcome = ask("阳曲县")
    assert entries(outcome) == [None]
    assert outcome.context.region == "阳曲县"


def test_the_county_is_asked_for_where_the_answer_depends_on_it(ask: Asker) -> None:
    asked = ask("野生动物救助电话", {"bird": 0.9})
    assert kinds(asked) == ["form"]
    assert [item.message for item in asked.replies[0].suggestions] == ["阳曲县", "小店区"]
    assert asked.context.entry == "bird"
    told = ask("阳曲", context=asked.context)
    assert entries(told) == ["bird"]
    assert told.context.region == "阳曲县"
    again = ask("野生动物救助电话", {"bird": 0.9}, context=told.context)
    assert entries(again) == ["bird"]


def test_a_place_elsewhere_needs_no_county(ask: Asker) -> None:
    outcome = ask("大同的野生动物救助电话", {"bird": 0.9}, context=Context(region="阳曲县"))
    assert entries(outcome) == ["bird"]
    assert "没有写大同的情况" in outcome.replies[0].text
    assert outcome.context.region == "阳曲县"  # A place elsewhere is not where someone lives here.


def test_the_place_in_the_question_counts_more_than_the_remembered_one(ask: Asker) -> None:
    outcome = ask("小店的野生动物救助电话", {"bird": 0.9}, context=Context(region="阳曲县"))
    assert "0351" not in outcome.replies[0].text
    assert outcome.context.region == "小店区"


def test_the_remembered_county_makes_no_note_on_other_entries(ask: Asker) -> None:
    outcome = ask("体验官招几个人", {"count": 0.9}, context=Context(region="小店区"))
    assert "请注意" not in outcome.replies[0].text
    assert "请注意" in ask("小店体验官招几个人", {"count": 0.9}).replies[0].text


# Follow-ups.


@pytest.mark.parametrize(
    ("text", "candidates", "followed"),
    [
        ("那年龄呢", {"age": 0.35, "lift": 0.3}, "age"),
        ("那报酬呢", {"pay": 0.3, "lift": 0.34}, "pay"),
        ("聘期多长", {"term": 0.4}, "term"),
        ("那给钱不", {}, "pay"),
    ],
)
def test_an_elliptical_question_is_read_in_the_conversations_subject(
    ask: Asker, text: str, candidates: dict[str, float], followed: str
) -> None:
    outcome = ask(text, candidates, coverage=0.2, context=Context(entry="count"))
    assert entries(outcome) == [followed]
    assert outcome.context.entry == followed


def test_a_short_question_that_is_sure_of_another_subject_is_not_a_follow_up(ask: Asker) -> None:
    assert entries(ask("电梯坏了", {"lift": 0.9}, context=Context(entry="count"))) == ["lift"]


def test_an_elliptical_question_without_a_subject_is_no_follow_up(ask: Asker) -> None:
    assert entries(ask("那年龄呢", {"age": 0.1}, coverage=0.2)) == [None]


@pytest.mark.parametrize("text", ["那公积金呢", "能办护照不", "今天天气咋样", "吃饭了没有"])
def test_a_question_of_other_words_has_left_the_subject(ask: Asker, text: str) -> None:
    assert entries(ask(text, coverage=0.1, context=Context(entry="count"))) == [None]


@pytest.mark.parametrize("text", ["电话是多少", "地址在哪", "具体在哪", "负责人是谁"])
def test_a_property_that_the_subject_does_not_tell_is_not_told_of_another(ask: Asker, text: str) -> None:
    outcome = ask(text, {"bird": 0.7}, context=Context(entry="count"))
    assert kinds(outcome) == ["unknown"]
    assert outcome.context.entry == "count"


@pytest.mark.parametrize("intent", ["who_are_you", "deny"])
def test_what_only_looks_like_small_talk_is_read_in_the_subject(ask: Asker, intent: str) -> None:
    assert entries(ask("那给钱不", {intent: 0.95}, context=Context(entry="count"))) == ["pay"]


def test_talk_about_the_assistant_is_small_talk_in_any_subject(ask: Asker) -> None:
    assert kinds(ask("那你多大了", {"who_are_you": 0.95}, context=Context(entry="count"))) == ["smalltalk"]


@pytest.mark.parametrize("text", ["还有呢", "还有吗？", "还有没有别的", "那还有哪些", "就这些？", "继续说", "然后呢"])
def test_who_asks_for_more_may_choose_what_stands_beside(ask: Asker, text: str) -> None:
    outcome = ask(text, {"affirm": 0.95}, context=Context(entry="count"))
    assert kinds(outcome) == ["clarify"]
    assert outcome.replies[0].text.startswith(WORDING["more"])
    assert outcome.context.entry == "count"
    assert entries(ask("1", context=outcome.context)) == [outcome.context.choices[0]]


@pytest.mark.parametrize("text", ["然后呢", "接下来呢", "还有吗"])
def test_the_steps_for_an_emergency_are_told_again(ask: Asker, text: str) -> None:
    assert entries(ask(text, {"affirm": 0.9}, context=Context(entry="sent"))) == ["sent"]


@pytest.mark.parametrize("text", ["再说一遍", "没听清，再说一遍吧", "麻烦你再说一次"])
def test_an_answer_is_told_again(ask: Asker, text: str) -> None:
    assert entries(ask(text, {"complaint_about_bot": 0.9}, context=Context(entry="pay"))) == ["pay"]


@pytest.mark.parametrize("text", ["还有呢", "再说一遍"])
def test_without_a_subject_there_is_no_more(ask: Asker, text: str) -> None:
    assert kinds(ask(text, {"affirm": 0.95})) == ["smalltalk"]
