"""Triage: emergencies that are happening, and nothing else, get the steps first."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge import Knowledge
from assistant.service import Assistant
from assistant.settings import ROOT
from assistant.triage import Signs, Triage

SIGNALS: dict[str, Any] = {
    "words": {"device": "手机|电脑", "them": "骗子|坏人"},
    "calm": ["听说", "怎么防"],
    "signals": [
        {"entry": "controlled", "any": [["{device}.{0,4}被", "{them}"], ["{device}失控"]]},
        {"entry": "cheated", "any": [["被骗"]]},
    ],
}


@pytest.fixture
def small() -> Triage:
    return Triage.from_dict(SIGNALS)


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage.load(ROOT / "data" / "urgent.yml")


@pytest.fixture(scope="module")
def knowledge(assistant: Assistant) -> Knowledge:
    return assistant.knowledge


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("手机被骗子控制", "controlled"),
        ("电脑刚被坏人动了", "controlled"),
        ("手机失控", "controlled"),
        ("手机被控制", None),  # Only one of the alternative's two signs.
        ("骗子来了", None),
        ("我被骗了", "cheated"),
        ("手机失控我被骗了", "controlled"),  # The first signal in the file is read first.
        ("听说手机失控", None),
        ("怎么防被骗", None),
        ("", None),
    ],
)
def test_an_alternative_matches_when_all_its_signs_are_there_and_nothing_is_calm(
    small: Triage, message: str, entry: str | None
) -> None:
    assert small.match(message) == entry


def test_the_spelling_does_not_matter(small: Triage) -> None:
    assert small.match("手機　失控！！！😱") == "controlled"


def test_a_sign_is_told_by_its_words(small: Triage) -> None:
    assert small.signs("我的手机刚被骗子动了") == Signs("controlled", ("手机刚被", "骗子"))
    assert small.signs("聽說手机失控") is None


def test_the_entries_come_each_once_in_order() -> None:
    twice = {**SIGNALS, "signals": [*SIGNALS["signals"], SIGNALS["signals"][0]]}
    assert Triage.from_dict(twice).entries == ("controlled", "cheated")


def test_a_pattern_that_cannot_be_compiled_is_refused() -> None:
    with pytest.raises(re.error):
        Triage.from_dict({**SIGNALS, "calm": ["("]})


# The project's own signals.


def test_signals_point_to_urgent_entries(triage: Triage, knowledge: Knowledge) -> None:
    for entry_id in triage.entries:
        entry = knowledge.get(entry_id)
        assert entry is not None
        assert entry.urgent


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("我手机被远程控制了", "fraud_remote_control"),
        ("我妈的手机屏幕自己在动", "fraud_remote_control"),
        ("電腦被人控制了怎麼辦", "fraud_remote_control"),
        ("俺手机让人家给控住了，咋办了嘛", "fraud_remote_control"),
        ("我被骗了，钱刚转出去", "fraud_money_sent"),
        ("刚把验证码告诉骗子了", "fraud_money_sent"),
    ],
)
def test_an_emergency_that_is_happening_is_seen(triage: Triage, message: str, entry: str) -> None:
    assert triage.match(message) == entry


@pytest.mark.parametrize(
    "message",
    [
        "怎么防止手机被远程控制",
        "听说邻居被骗了钱",
        "去年有人被骗了",
        "反诈宣传活动在哪里",
        "体验官招几个人",
        "招聘会几点开始",
        "",
    ],
)
def test_advice_the_past_and_anything_else_is_no_emergency(triage: Triage, message: str) -> None:
    assert triage.match(message) is None


def test_questions_of_other_subjects_hardly_ever_raise_an_alarm(triage: Triage, knowledge: Knowledge) -> None:
    questions = [q for entry in knowledge if entry.topic not in ("fraud", "hotlines") for q in entry.questions]
    alarming = [question for question in questions if triage.match(question)]
    assert len(alarming) / len(questions) < 0.001, alarming


def test_an_alarm_hides_no_calm_entry(triage: Triage, knowledge: Knowledge) -> None:
    hidden = {}
    for entry in knowledge:
        alarming = [question for question in entry.questions if triage.match(question)]
        if not entry.urgent and len(alarming) / len(entry.questions) > 0.2:
            hidden[entry.id] = alarming
    assert hidden == {}


@given(st.text(max_size=60))
def test_any_message_can_be_read(text: str) -> None:
    triage = Triage.from_dict(SIGNALS)
    assert triage.match(text) in (None, "controlled", "cheated")
