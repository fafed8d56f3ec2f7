"""Look-alikes: which questions an entry would win, and which it would lose, before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant import index, lookalike
from assistant.knowledge import Entry, Knowledge, Topic
from assistant.lookalike import MARGIN, Alarm, Lookalikes
from assistant.regions import Region, Regions
from assistant.search import Search
from tests.assistant.turns import entry

PAY = entry("pay", "A01", "inspectors", "体验官有没有报酬", "当体验官给不给钱", "体验官发工资吗", "能报销车费吗")
PRIVACY = entry("privacy", "A02", "inspectors", "会不会公开姓名", "姓名会登报吗", "真实姓名别人看得见吗")
STUCK = entry("stuck", "B01", "lifts", "有人被困在电梯里怎么办", "电梯停了人困在里面", "电梯里有人晕倒了", urgent=True)
#: New entries: one like no other, one that is asked almost as PAY is, one almost as the emergency is.
LIBRARY = entry("library", "C01", "library", "图书馆几点开门", "图书馆周末几点开", "几点能进图书馆")
TRAVEL = entry("travel", "C02", "inspectors", "体验官的交通补贴", "能报销打车费吗", "出门办事的路费谁出")
FAINT = entry("faint", "C03", "health", "中暑了怎么办", "路上有人晕倒了", "天热头晕恶心")


def searching(*entries: Entry) -> Search:
    topics = tuple(Topic(item.topic, item.topic, (item,)) for item in entries)
    return Search(Knowledge(topics, Regions(Region("太原市"), ()), {}, "digest"), refused=["护照怎么换发"])


@pytest.fixture(scope="module")
def lookalikes() -> Lookalikes:
    return Lookalikes(searching(PAY, PRIVACY, STUCK))


def pairs(alarms: list[Alarm]) -> list[tuple[str, str, str, str]]:
    return [(alarm.winner.id, alarm.example, alarm.loser.id, alarm.question) for alarm in alarms]


WON = ("travel", "能报销打车费吗", "pay", "能报销车费吗")
LOST = ("pay", "能报销车费吗", "travel", "能报销打车费吗")


def test_a_new_entry_that_is_asked_almost_the_same_is_told_in_both_directions(lookalikes: Lookalikes) -> None:
    assert sorted(pairs(lookalikes.alarms([TRAVEL]))) == sorted([WON, LOST])


def test_an_entry_that_is_asked_otherwise_raises_no_alarm(lookalikes: Lookalikes) -> None:
    assert lookalikes.alarms([LIBRARY]) == []
    assert lookalikes.alarms([PAY, PRIVACY, STUCK]) == []


def test_an_entry_that_the_search_knows_is_compared_with_the_others() -> None:
    alarms = Lookalikes(searching(PAY, TRAVEL, PRIVACY)).alarms([TRAVEL])
    assert sorted(pairs(alarms)) == sorted([WON, LOST])


def test_an_edited_entry_takes_the_place_of_the_one_before(lookalikes: Lookalikes) -> None:
    reworded = replace(PAY, questions=(*PAY.questions[:-1], "能报销打车费吗"))
    assert lookalikes.alarms([reworded]) == []
    spread = replace(PRIVACY, questions=(*PRIVACY.questions, "能报销打车费吗"))
    assert {(winner, loser) for winner, _, loser, _ in pairs(lookalikes.alarms([spread]))} == {
        ("privacy", "pay"),
        ("pay", "privacy"),
    }


def test_a_question_that_its_entry_asks_in_like_words_is_not_lost(lookalikes: Lookalikes) -> None:
    """What is asked almost like both goes to either: the thief is nearer, but not clearly."""
    secured = replace(PAY, questions=(*PAY.questions, "能报销车费么"))
    alarms = Lookalikes(searching(secured, PRIVACY, STUCK)).alarms([TRAVEL])
    assert [winner for winner, _, _, _ in pairs(alarms)] == ["pay"]


def test_a_question_that_another_entry_has_word_for_word_is_left_to_validation(lookalikes: Lookalikes) -> None:
    doublet = replace(LIBRARY, questions=(*LIBRARY.questions, "能报销车费吗？"))
    assert lookalikes.alarms([doublet]) == []


def test_a_title_wins_questions_even_word_for_word(lookalikes: Lookalikes) -> None:
    """Validation compares questions with questions; a title typed word for word is always answered."""
    titled = replace(LIBRARY, title="能报销车费吗")
    (alarm,) = lookalikes.alarms([titled])
    assert pairs([alarm]) == [("library", "能报销车费吗", "pay", "能报销车费吗")]
    assert alarm.score == pytest.approx(1, abs=1e-3)


def test_a_title_is_never_lost(lookalikes: Lookalikes) -> None:
    near_a_title = replace(LIBRARY, questions=(*LIBRARY.questions, "那有人被困在电梯里怎么办"))
    assert STUCK.title not in {alarm.question for alarm in lookalikes.alarms([near_a_title])}
    titled = replace(LIBRARY, title="电梯里有人晕倒了呀")
    assert titled.title not in {alarm.question for alarm in lookalikes.alarms([titled])}


def test_emergencies_come_first_and_those_lost_before_those_won(lookalikes: Lookalikes) -> None:
    alarms = lookalikes.alarms([TRAVEL, FAINT])
    assert [(alarm.loser.id, alarm.winner.id) for alarm in alarms[:2]] == [("stuck", "faint"), ("faint", "stuck")]
    rest = [alarm.score - alarm.own for alarm in alarms[2:]]
    assert len(rest) == 2
    assert rest == sorted(rest, reverse=True)
    assert rest[0] > alarms[0].score - alarms[0].own


def test_a_question_raises_one_alarm_by_its_nearest_winner(lookalikes: Lookalikes) -> None:
    nearer = replace(LIBRARY, questions=(*LIBRARY.questions, "能报销车费嘛"))
    alarms = [alarm for alarm in lookalikes.alarms([TRAVEL, nearer]) if alarm.loser is PAY]
    assert pairs(alarms) == [("library", "能报销车费嘛", "pay", "能报销车费吗")]


def test_scores_are_between_0_and_1_and_a_margin_apart(lookalikes: Lookalikes) -> None:
    for alarm in lookalikes.alarms([TRAVEL, FAINT]):
        assert 0 <= alarm.own < alarm.own + MARGIN < alarm.score <= 1


def test_entries_with_many_questions_are_compared_in_parts(
    lookalikes: Lookalikes, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = lookalikes.alarms([TRAVEL, FAINT])
    monkeypatch.setattr(lookalike, "_CHUNK", 1)
    assert pairs(lookalikes.alarms([TRAVEL, FAINT])) == pairs(at_once)


def test_only_what_is_new_is_computed(lookalikes: Lookalikes, monkeypatch: pytest.MonkeyPatch) -> None:
    encode, computed = index.encode, list[str]()

    def encoding(texts: Sequence[str]) -> np.ndarray:
        computed.extend(texts)
        return encode(texts)

    monkeypatch.setattr(index, "encode", encoding)
    lookalikes.alarms([replace(PAY, questions=("能报销打车费吗", *PAY.questions)), PRIVACY])
    assert computed == ["能报销打车费吗"]


# In words.


def test_an_alarm_is_told_of_the_winner_and_of_the_loser() -> None:
    alarm = Alarm(TRAVEL, PAY, "能报销车费吗", "能报销打车费吗", 0.934, 0.21)
    assert alarm.told_of(TRAVEL) == (
        "knowledge/inspectors.yml#travel: 问法“能报销打车费吗”会抢走 pay 的“能报销车费吗”（0.93 比 0.21）"
    )
    assert alarm.told_of(PAY) == (
        "knowledge/inspectors.yml#pay: 问法“能报销车费吗”会被 travel 的问法“能报销打车费吗”抢走（0.93 比 0.21）"
    )


def test_a_title_and_an_emergency_are_named() -> None:
    alarm = Alarm(TRAVEL, STUCK, "电梯里有人晕倒了", TRAVEL.title, 0.5, 0.3)
    assert alarm.told_of(TRAVEL).startswith("knowledge/inspectors.yml#travel: 【紧急】标题“体验官的交通补贴”会抢走")
    assert "【紧急】问法“电梯里有人晕倒了”会被 travel 的标题" in alarm.told_of(STUCK)
