"""Corrections: what is meant instead of what was said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corrections import corrected
from assistant.normalize import normalize


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("说错了，是河底村", "河底村"),
        ("说错了是河底村", "河底村"),
        ("说错了，是58不是68", "58"),
        ("不对不对，是晋源区", "晋源区"),
        ("哎呀打错了，我是想问安全谁管", "安全谁管"),
        ("你弄错了，我是问哪天", "哪天"),
        ("不是，我问的是干多长时间", "干多长时间"),
        ("不是我问的是哪天", "哪天"),
        ("不是问地址，是问咋挂号", "咋挂号"),
        ("没问谁搞的，问的是在哪搞的", "在哪搞的"),
        ("不是献策，我说的是体验官，给钱不", "体验官,给钱不"),
        ("我问的是报名不是面试", "报名"),
        ("我问的是2", "2"),
        ("我意思是能不能打电话提", "能不能打电话提"),
        ("不是清徐，阳曲的", "阳曲的"),
        ("等等，年龄写错了，60", "60"),
        ("不是，点快了，没有", "没有"),
        ("說錯了，是古交", "古交"),
    ],
)
def test_what_is_meant_is_told_from_what_is_taken_back(message: str, meant: str) -> None:
    assert corrected(message) == meant


@pytest.mark.parametrize(
    "message",
    [
        "",
        "？",
        "不是",
        "说错了",
        "你没听懂",
        "体验官招几个人",
        "不是党员能报不",
        "不是阳曲人能报名吗",
        "不是说15分钟吗，咋还拖堂",
        "体验官是义务的不是有工资吗",
        "是公立的不是私立的吧",
        "没有前科，是老实人",
        "是不是免费",
        "我说的不是这个",
        "等一下，几点开始",
    ],
)
def test_what_takes_nothing_back_corrects_nothing(message: str) -> None:
    assert corrected(message) is None


@given(st.text("不是对说错了我问的，。啊哎58河底村 ", max_size=60))
def test_what_is_meant_is_a_piece_of_the_normalised_message(message: str) -> None:
    meant = corrected(message)
    assert meant is None or (meant and meant in normalize(message))


@pytest.mark.parametrize("piece", ["啊", "不是", "不对，", "我问的是", "等等", "说错了"])
def test_a_long_message_is_read_at_once(piece: str) -> None:
    begun = time.monotonic()
    corrected(piece * 500 + "x")
    assert time.monotonic() - begun < 1
