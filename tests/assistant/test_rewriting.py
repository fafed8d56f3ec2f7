"""Rewriting: pinyin and mistyped words become the knowledge's words, and everything else stays as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.normalize import normalize
from assistant.rewriting import Rewriter
from assistant.settings import ROOT

TEXTS = [
    "体验官招几个人",
    "体验官怎么报名",
    "体验官有工资吗",
    "当体验官要什么条件",
    "手机被控制了怎么办",
    "手机被骗子控制了",
    "验证码给了骗子怎么办",
    "电梯检查去了哪些酒店",
    "女性招聘会在哪里",
    "课间休息多长时间",
    "西安和太原哪个大",
    "我想问一下,怎么报名",
    "雨污分流是什么",
    "管网在哪里",
]
REWRITER = Rewriter.learnt(TEXTS * 20, ["体验官", "营商环境体验官", "阳曲县", "ABC指数"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tiyanguan zhao ji ge ren", "体验官招几个人"),
        ("tiyanguanzhaojigeren", "体验官招几个人"),
        ("ti yan guan怎么报名", "体验官怎么报名"),
        ("tiyanguan招几个人", "体验官招几个人"),
        ("体yan官招几个人", "体验官招几个人"),
        ("shouji bei kongzhi le zenme ban", "手机被控制了怎么办"),
        ("nvxing zhaopinhui zai na li", "女性招聘会在哪里"),
        ("nüxing招聘会在哪里", "女性招聘会在哪里"),
        ("xi'an he taiyuan", "西安和太原"),
        ("kejian xiuxi duo chang shijian", "课间休息多长时间"),
        ("wo xiang wen yixia,zenme baoming?", "我想问一下,怎么报名?"),
        ("12345 zenme baoming", "12345怎么报名"),
        ("yangquxian", "阳曲县"),
    ],
)
def test_pinyin_becomes_words(typed: str, meant: str) -> None:
    assert REWRITER.rewritten(typed) == meant


@pytest.mark.parametrize(
    "typed", ["soujibeikongzile", "shou ji bei kong zi le", "soujibeikongzhile"], ids=["together", "apart", "partly"]
)
def test_pinyin_is_understood_as_it_is_spoken_in_shanxi(typed: str) -> None:
    assert REWRITER.rewritten(typed) == "手机被控制了"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("体验管招几个人", "体验官招几个人"),
        ("当体严官要什么条件", "当体验官要什么条件"),
        ("验正码给了骗子", "验证码给了骗子"),
        ("雨污分留是什么", "雨污分流是什么"),
        ("女性招聘汇", "女性招聘会"),
        ("验证马给了tiyanguan", "验证码给了体验官"),
    ],
)
def test_a_character_of_the_same_or_a_near_sound_is_put_right(typed: str, meant: str) -> None:
    assert REWRITER.rewritten(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "",
        "?",
        "打开app",
        "wifi密码",
        "atm机",
        "p2p是什么",
        "vip",
        "hello",
        "can you help me",
        "where can i get the form,please",
        "a区在哪里",
        "tiyanguan@qq.com怎么报名",
        "www.tiyanguan.com打不开",
        "https://taiyuan.gov.cn/tiyanguan是真的吗",
        "tiyanguan.com",
        "don't panic",
    ],
)
def test_what_is_no_pinyin_stays(text: str) -> None:
    assert REWRITER.rewritten(text) == text


def test_latin_words_stay_beside_pinyin() -> None:
    assert REWRITER.rewritten("打开app zenme baoming") == "打开app怎么报名"
    assert REWRITER.rewritten("wifi app zenme baoming tiyanguan") == "wifi app怎么报名体验官"


@pytest.mark.parametrize("text", ["手机官网打不开", "体验馆在哪里", "家装用什么", "他管我", "龘体验龘"])
def test_words_that_only_sound_like_the_knowledges_stay(text: str) -> None:
    assert REWRITER.rewritten(text) == text


def test_more_than_half_of_a_mistyped_word_must_be_kept() -> None:
    assert REWRITER.rewritten("梯眼官") == "梯眼官"


@given(st.text("体验官管馆手机怎么tiyanguanzhx'ü ,.?@123龘", max_size=40).map(normalize))
def test_the_result_is_normalised(text: str) -> None:
    rewritten = REWRITER.rewritten(text)
    assert normalize(rewritten) == rewritten


@given(st.text("体验官管馆手机怎么验证码正马,。?123龘", max_size=40).map(normalize))
def test_a_message_in_characters_keeps_its_length(text: str) -> None:
    assert len(REWRITER.rewritten(text)) == len(text)


def test_a_rewriter_read_anew_rewrites_the_same(tmp_path: Path) -> None:
    REWRITER.save(tmp_path / "rewriting.npz")
    again = Rewriter.load(tmp_path / "rewriting.npz")
    typed = [
        "tiyanguan zhaojigeren",
        "体验管招几个人",
        "体yan官",
        "sou ji bei kong zi",
        "hello",
        "打开app zenme baoming",
    ]
    assert [again.rewritten(text) for text in typed] == [REWRITER.rewritten(text) for text in typed]


def test_rewriting_needs_no_pinyin_tables(tmp_path: Path) -> None:
    """They would take a serving process 60 MB and half a second."""
    REWRITER.save(tmp_path / "rewriting.npz")
    code = (
        "import sys; from pathlib import Path; from assistant.rewriting import Rewriter; "
        "print(Rewriter.load(Path(sys.argv[1])).rewritten('tiyanguan'), 'pypinyin' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "rewriting.npz")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["体验官", "False"]


def test_without_texts_nothing_is_rewritten() -> None:
    assert Rewriter.learnt([], []).rewritten("tiyanguan 招几个人") == "tiyanguan 招几个人"
