"""Answering: the steps, their order, and what a conversation remembers."""

from __future__ import annotations

import pytest

from assistant.answering import MOST_READINGS, MOST_REPLIES, STEPS, Context
from assistant.knowledge import Entry
from assistant.reply import Suggestion
from assistant.search import Search
from tests.assistant.turns import KNOWLEDGE, WORDING, Asker, entries, kinds, understood


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(KNOWLEDGE, refused=["护照怎么换发", "公积金怎么提取"])


@pytest.fixture
def ask(search: Search) -> Asker:
    return Asker(search)


def test_the_steps_stand_in_their_order() -> None:
    assert [step.__name__ for step in STEPS] == [
        "wordless",
        "urgent",
        "chosen",
        "place_follow_up",
        "follow_up",
        "sure",
        "small_talk",
        "clarify",
        "searched",
        "unknown",
    ]


# Emergencies.


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("屏幕自己在动", {"control": 0.9}),
        ("屏幕自己在动", {"count": 0.6, "control": 0.3}),
        ("屏幕自己在动", {"greet": 0.6, "control": 0.3}),
        ("你好，屏幕自己在动，体验官招几个人", {"count": 0.7, "control": 0.2}),
        ("招募多少名体验官", {"control": 0.9}),  # Even a title word by word.
        ("2", {"control": 0.9}),  # Even the number of a reading, were it an emergency.
    ],
)
def test_an_emergency_comes_before_everything_else(ask: Asker, text: str, candidates: dict[str, float]) -> None:
    parts = (understood("体验官招几个人", {"count": 0.95}), understood("给钱吗", {"pay": 0.95}))
    outcome = ask(text, candidates, urgency=0.95, parts=parts, context=Context("小店区", choices=("age", "pay")))
    assert kinds(outcome) == ["urgent"]
    assert entries(outcome) == ["control"]


@pytest.mark.parametrize(
    ("urgency", "confidence", "coverage", "told"),
    [
        (0.9, 0.9, 0.9, True),
        (0.12, 0.95, 0.9, True),
        (0.09, 0.95, 0.9, False),  # Below `urgency`, although the mean is high enough.
        (0.6, 0.45, 0.9, True),
        (0.6, 0.35, 0.9, False),  # The mean is below `urgent`.
        (0.9, 0.9, 0.31, True),
        (0.9, 0.9, 0.29, False),  # Below `urgent_coverage`.
    ],
)
def test_an_emergency_needs_each_of_its_thresholds(
    ask: Asker, urgency: float, confidence: float, coverage: float, told: bool
) -> None:
    outcome = ask("屏幕一闪一闪的", {"control": confidence}, urgency=urgency, coverage=coverage)
    assert (kinds(outcome) == ["urgent"]) == told


def test_the_confidence_of_all_entries_beside_an_urgent_one_counts_and_the_likeliest_urgent_one_is_told(
    ask: Asker,
) -> None:
    """What is about fraud and sounds urgent is urgent; what sounds so and is about something else is not."""
    assert entries(ask("钱没了屏幕还在闪", {"prevent": 0.5, "sent": 0.3, "control": 0.1}, urgency=0.55)) == ["sent"]
    assert kinds(ask("钱没了屏幕还在闪", {"count": 0.5, "sent": 0.3, "control": 0.1}, urgency=0.55)) != ["urgent"]


def test_what_sounds_urgent_but_is_like_no_urgent_entry_gets_no_steps(ask: Asker) -> None:
    assert kinds(ask("着火了快来人啊", {"lift": 0.1}, urgency=1.0)) == ["unknown"]


@pytest.mark.parametrize(
    ("text", "entry"), [("手机被控制", "control"), ("我被骗了", "sent"), ("听说老王家里人被骗", None)]
)
def test_without_a_classifier_an_emergency_is_known_by_its_words(ask: Asker, text: str, entry: str | None) -> None:
    assert (kinds(ask(text)) == ["urgent"]) == (entry is not None)
    assert entry is None or entries(ask(text)) == [entry]


def test_with_a_classifier_the_words_alone_raise_no_alarm(ask: Asker) -> None:
    assert entries(ask("我手机被控制了", {"prevent": 0.9}, urgency=0.02)) == ["prevent"]


def test_a_word_or_two_about_something_else_are_no_emergency(ask: Asker) -> None:
    for text, told in (("给钱不", False), ("给人家钱了", True)):
        outcome = ask(text, {"sent": 0.7, "pay": 0.2}, urgency=0.9, context=Context(entry="count"))
        assert (kinds(outcome) == ["urgent"]) == told
    assert kinds(ask("给钱了", {"sent": 0.7}, urgency=0.9)) == ["urgent"]  # Nothing else is being talked about.


def test_an_emergency_in_one_of_several_questions_is_the_only_reply(ask: Asker) -> None:
    parts = (understood("体验官招几个人", {"count": 0.9}), understood("屏幕自己动", {"control": 0.9}, urgency=0.9))
    outcome = ask("体验官招几个人，屏幕自己动", {"count": 0.4, "control": 0.3}, urgency=0.4, parts=parts)
    assert entries(outcome) == ["control"]


@pytest.mark.parametrize("whole", [{"count": 0.9}, {"count": 0.4, "control": 0.3}, {"lift": 0.1}])
def test_a_clause_is_no_more_urgent_than_its_message(ask: Asker, whole: dict[str, float]) -> None:
    parts = (understood("屏幕自己动", {"control": 0.9}, urgency=0.95),)
    outcome = ask("老张讲那年屏幕自己动，大家都笑了", whole, urgency=0.05, parts=parts)
    assert "urgent" not in kinds(outcome)


def test_steps_for_an_emergency_are_not_read_to_those_who_ask_calmly(ask: Asker) -> None:
    outcome = ask("怎么防手机被控制", {"control": 0.7, "prevent": 0.2}, urgency=0.05)
    assert entries(outcome) == ["prevent"]
    assert outcome.replies[0].kind == "answer"
    assert outcome.replies[0].confidence == 0.2


def test_a_calm_question_without_a_calm_answer_is_not_answered_with_an_emergency(ask: Asker) -> None:
    for others in ({}, {"prevent": 0.01}):
        assert kinds(ask("有人手机被控制过", {"control": 0.9, **others}, urgency=0.05)) == ["unknown"]


# Choosing.


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0),
        ("２", 1),
        ("三", 2),
        ("第二个", 1),
        ("选第1个", 0),
        ("我要第三个吧", 2),
        ("我问的是2", 1),
        ("第一项。", 0),
    ],
)
def test_a_reading_is_chosen_by_its_number(ask: Asker, text: str, index: int) -> None:
    offered = ("lift", "age", "pay")
    outcome = ask(text, {"count": 0.99}, context=Context(choices=offered))
    assert entries(outcome) == [offered[index]]
    assert outcome.context.choices == ()


def test_a_number_beyond_the_offered_readings_chooses_none_of_them(ask: Asker) -> None:
    assert entries(ask("4", context=Context(choices=("lift", "age"))))[0] is None


def test_a_number_without_offered_readings_chooses_nothing(ask: Asker) -> None:
    assert kinds(ask("1")) == ["unknown"]


@pytest.mark.parametrize("chosen", list(KNOWLEDGE), ids=lambda item: item.id)
def test_a_title_word_by_word_or_a_code_finds_its_entry(ask: Asker, chosen: Entry) -> None:
    context = Context(region="阳曲县")
    for text in (chosen.title, f"{chosen.title}？", chosen.code, chosen.code.lower()):
        other = "lift" if chosen.id != "lift" else "age"
        outcome = ask(text, {other: 0.99}, context=context)
        assert entries(outcome) == [chosen.id]


# Sure answers and small talk.


def test_what_the_classifier_is_sure_of_is_answered(ask: Asker) -> None:
    outcome = ask("体验官招几个人", {"count": 0.8, "pay": 0.1})
    assert kinds(outcome) == ["answer"]
    assert entries(outcome) == ["count"]
    assert outcome.replies[0].confidence == 0.8
    assert outcome.context == Context(entry="count")


def test_an_answer_that_was_chosen_by_little_offers_first_what_it_was_chosen_before(ask: Asker) -> None:
    doubted = ask("体验官招几个人", {"count": 0.6, "pay": 0.35, "greet": 0.4, "age": 0.1}).replies[0]
    certain = ask("体验官招几个人", {"count": 0.6, "pay": 0.25}).replies[0]
    assert doubted.kind == certain.kind == "answer"
    own = certain.suggestions
    pay = Suggestion("体验官有没有报酬", "体验官有没有报酬")
    assert pay not in own[:1]
    assert doubted.suggestions == (pay, *(each for each in own if each != pay))[:3]


@pytest.mark.parametrize("intent", ["greet", "thanks", "goodbye", "who_are_you", "talk_to_human", "stop"])
def test_small_talk_gets_its_sentence_and_leaves_the_conversation_as_it_was(ask: Asker, intent: str) -> None:
    before = Context("阳曲县", "count", ())
    outcome = ask("客气一下就好", {intent: 0.9}, context=before)
    assert kinds(outcome) == ["smalltalk"]
    assert outcome.replies[0].text == WORDING[intent]
    assert outcome.context == before


# Not sure.


@pytest.mark.parametrize(
    ("candidates", "readings"),
    [
        ({"count": 0.3, "pay": 0.25}, ["count", "pay"]),
        ({"count": 0.2, "pay": 0.2, "age": 0.2, "term": 0.2, "lift": 0.2}, ["count", "pay", "age", "term"]),
        ({"count": 0.3, "greet": 0.25, "pay": 0.2, "lift": 0.1}, ["count", "pay"]),
    ],
)
def test_near_readings_are_offered(ask: Asker, candidates: dict[str, float], readings: list[str]) -> None:
    outcome = ask("那个体验官怎么说的来着你讲讲", candidates)
    assert kinds(outcome) == ["clarify"]
    assert outcome.context.choices == tuple(readings)
    assert entries(outcome) == [None]
    assert outcome.replies[0].answer is None


@pytest.mark.parametrize("text", ["体验官的事你讲讲吧行不行", "鸟", "？？"])
def test_two_to_four_readings_are_offered_or_none(ask: Asker, text: str) -> None:
    outcome = ask(text, {"count": 0.3})
    assert kinds(outcome) != ["clarify"] or 2 <= len(outcome.context.choices) <= MOST_READINGS


def test_a_chosen_reading_is_answered(ask: Asker) -> None:
    offered = ask("那个体验官怎么说的来着你讲讲", {"count": 0.3, "pay": 0.25})
    for text in ("2", "体验官有没有报酬", offered.replies[0].suggestions[1].message):
        chosen = ask(text, context=offered.context)
        assert entries(chosen) == ["pay"]
        assert chosen.context.choices == ()


def test_offered_readings_are_forgotten_with_the_next_answer(ask: Asker) -> None:
    outcome = ask("电梯坏了找谁来修", {"lift": 0.9}, context=Context(choices=("count", "pay")))
    assert outcome.context.choices == ()


@pytest.mark.parametrize(
    ("candidates", "coverage"),
    [
        ({"count": 0.3, "pay": 0.25}, 0.1),  # The question is not covered.
        ({"not_covered_chat": 0.4, "count": 0.3}, 1.0),  # It is nearest to what is refused.
        ({"count": 0.1, "pay": 0.1}, 1.0),  # Nothing is near.
        ({}, 0.0),
    ],
)
def test_what_is_not_covered_is_said_so_with_someone_who_can_help(
    ask: Asker, candidates: dict[str, float], coverage: float
) -> None:
    outcome = ask("护照怎么换发呢我想问问", candidates, coverage=coverage)
    assert kinds(outcome) == ["unknown"]
    reply = outcome.replies[0]
    assert (reply.entry, reply.answer, reply.source) == (None, None, None)
    assert [contact.phone for contact in reply.contacts] == ["12345"]
    assert "12345" in reply.text


# By search alone.


def test_a_near_match_is_answered_without_a_classifier(ask: Asker) -> None:
    assert entries(ask("体验官招募多少人")) == ["count"]


def test_an_unsure_classifier_needs_a_nearer_match(ask: Asker) -> None:
    assert entries(ask("体验官招几个人呀", {"lift": 0.1}, coverage=0.1)) == ["count"]
    assert kinds(ask("体验官招募多少人", {"lift": 0.1}, coverage=0.1)) == ["unknown"]


def test_two_near_matches_are_offered_without_a_classifier(ask: Asker) -> None:
    outcome = ask("当体验官")
    assert kinds(outcome) == ["clarify"]
    assert 2 <= len(outcome.context.choices) <= MOST_READINGS


def test_what_is_nearer_to_a_refused_example_is_not_answered(ask: Asker) -> None:
    assert kinds(ask("护照怎么换发")) == ["unknown"]


# Several questions.

COUNT_PART = understood("体验官招几个人", {"count": 0.95})
PAY_PART = understood("当体验官给钱吗", {"pay": 0.9})
AGE_PART = understood("多大岁数能当", {"age": 0.9})
LIFT_PART = understood("电梯坏了找谁", {"lift": 0.9})


def test_two_questions_get_two_replies_in_order(ask: Asker) -> None:
    outcome = ask("电梯坏了找谁，体验官招几个人", {"lift": 0.4, "count": 0.4}, parts=(LIFT_PART, COUNT_PART))
    assert entries(outcome) == ["lift", "count"]
    assert outcome.context.entry == "count"


def test_four_questions_get_at_most_three_replies(ask: Asker) -> None:
    parts = (COUNT_PART, PAY_PART, AGE_PART, LIFT_PART)
    outcome = ask("四个问题", {"count": 0.3}, parts=parts)
    assert entries(outcome) == ["count", "pay", "age"]
    assert len(outcome.replies) == MOST_REPLIES


def test_the_same_question_twice_gets_one_reply(ask: Asker) -> None:
    assert entries(ask("体验官招几个人，几个人", {"count": 0.4}, parts=(COUNT_PART, COUNT_PART))) == ["count"]


def test_small_talk_with_a_question_gets_the_answer(ask: Asker) -> None:
    parts = (understood("你好呀在吗", {"greet": 0.9}), COUNT_PART)
    for whole in ({"greet": 0.9}, {"greet": 0.3, "count": 0.3}, {"count": 0.9}):
        assert entries(ask("你好呀在吗，体验官招几个人", whole, parts=parts)) == ["count"]


def test_a_second_question_may_lean_on_the_first(ask: Asker) -> None:
    leaning = understood("那年龄呢", {"age": 0.35}, coverage=0.2)
    assert entries(ask("体验官招几个人，那年龄呢", {"count": 0.4}, parts=(COUNT_PART, leaning))) == ["count", "age"]


def test_a_clause_of_another_subject_is_scenery_when_the_whole_is_understood(ask: Asker) -> None:
    outcome = ask("电梯坏了走楼梯下来的，体验官招几个人", {"count": 0.9}, parts=(LIFT_PART,))
    assert entries(outcome) == ["count"]


def test_a_clause_that_is_hardly_understood_counts_if_the_whole_speaks_of_the_same(ask: Asker) -> None:
    hardly = understood("多大岁数能当", {"age": 0.55})
    assert entries(ask("体验官招几个人，多大岁数能当", {"count": 0.9}, parts=(COUNT_PART, hardly))) == ["count", "age"]


def test_a_clause_leans_on_its_own_message_and_not_on_the_conversation(ask: Asker) -> None:
    parts = (understood("残疾证怎么换", coverage=0.1), understood("给钱不", coverage=0.1))
    outcome = ask("我弟那个残疾证旧了怎么换，给钱不", coverage=0.1, parts=parts, context=Context(entry="count"))
    assert kinds(outcome) == ["unknown"]


def test_a_clause_that_is_hardly_understood_is_no_question_of_its_own(ask: Asker) -> None:
    hardly = understood("电梯坏了吧", {"lift": 0.55})
    assert entries(ask("体验官招几个人，电梯坏了吧", {"count": 0.9}, parts=(hardly, COUNT_PART))) == ["count"]


def test_questions_that_are_not_understood_leave_the_whole_to_answer(ask: Asker) -> None:
    strange = understood("护照怎么换发呢", {"count": 0.1}, coverage=0.1)
    outcome = ask("护照怎么换发呢，公积金怎么提取呢", {"count": 0.1}, coverage=0.1, parts=(strange, strange))
    assert kinds(outcome) == ["unknown"]


# Corrections.


@pytest.mark.parametrize(
    "text", ["说错了，是电梯坏了找谁", "不是，我问的是电梯坏了找谁", "我问的是电梯坏了找谁不是工资"]
)
def test_a_correction_is_answered_for_what_is_meant_instead(ask: Asker, text: str) -> None:
    outcome = ask(text, {"pay": 0.9}, parts=(LIFT_PART,), context=Context(entry="pay"))
    assert entries(outcome) == ["lift"]


def test_what_is_meant_instead_is_asked_of_the_same_subject(ask: Asker) -> None:
    meant = understood("年龄", {"lift": 0.5, "age": 0.2})
    assert entries(ask("我问的是年龄不是报酬", {"pay": 0.9}, parts=(meant,), context=Context(entry="pay"))) == ["age"]


def test_the_place_meant_instead_replaces_the_one_before(ask: Asker) -> None:
    meant = understood("阳曲县", coverage=0.1)
    outcome = ask("不是小店，是阳曲县", {"lift": 0.9}, parts=(meant,), context=Context("小店区", "bird"))
    assert entries(outcome) == ["bird"]
    assert outcome.context.region == "阳曲县"
    assert (outcome.replies[0].answer or "").endswith("0351-1")


def test_an_emergency_in_a_correction_is_heard(ask: Asker) -> None:
    meant = understood("体验官招几个人", {"count": 0.9})
    text, whole = "不是手机被控制了，我问的是体验官招几个人", {"control": 0.6, "count": 0.3}
    assert kinds(ask(text, whole, urgency=0.8, parts=(meant,))) == ["urgent"]
    assert entries(ask(text, whole, urgency=0.05, parts=(meant,))) == ["count"]


# What every outcome keeps.


@pytest.mark.parametrize("text", ["", "？", "体验官", "1", "那呢", "阳曲", "手机被控制", "😀", "A01", "第二个", "你好"])
@pytest.mark.parametrize("candidates", [{}, {"count": 0.3, "pay": 0.2}, {"greet": 0.9}, {"bird": 0.9}])
@pytest.mark.parametrize(
    "context", [Context(), Context("小店区", "bird", ("age", "pay")), Context("火星", "gone", ("gone",))]
)
def test_whatever_is_asked_gets_one_to_three_replies(
    ask: Asker, text: str, candidates: dict[str, float], context: Context
) -> None:
    outcome = ask(text, candidates, context=context)
    assert 1 <= len(outcome.replies) <= MOST_REPLIES
    for reply in outcome.replies:
        assert reply.text.strip()
        assert (reply.entry is not None) == (reply.kind in ("answer", "urgent"))
        assert reply.kind != "clarify" or 2 <= len(reply.suggestions) <= MOST_READINGS
        assert reply.kind != "unknown" or reply.contacts
