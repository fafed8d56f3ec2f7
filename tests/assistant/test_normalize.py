"""Normalising: one spelling for what people type in many."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.normalize import bare, normalize

#: What residents type: Chinese in both scripts, both widths, punctuation, spaces, emoji.
TYPED = st.text(
    st.one_of(
        st.sampled_from("体验官招几个人野生動物雨污分流電話號碼乾隻裡後薴ＡｂＣabc１２3"),
        st.sampled_from(" 　\t\n,，.。!！?？;；:：、~～…😀👍🏻\u200b\ufeff"),
        st.characters(blacklist_categories=["Cs"]),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("体验官招几个人", "体验官招几个人"),
        ("體驗官招幾個人", "体验官招几个人"),
        ("体验官招几个人？？？", "体验官招几个人?"),
        ("体验官招几个人！？。", "体验官招几个人!"),
        ("ＷｉＦｉ　１２３４５", "wifi 12345"),
        ("体 验 官　招几个人", "体验官招几个人"),
        ("打 12345 行不行", "打12345行不行"),
        ("open  the\tdoor", "open the door"),
        ("第一行\n第二行", "第一行第二行"),
        ("手机😱被控制了👍🏻", "手机被控制了"),
        ("手\u200b机\ufeff", "手机"),
        ("PM2.5是多少", "pm2.5是多少"),
        ("比例>90%", "比例>90%"),
        ("", ""),
        (" 　\n", ""),
        ("😀", ""),
    ],
)
def test_spellings_of_the_same_become_the_same(typed: str, normal: str) -> None:
    assert normalize(typed) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("“体验官”招几个人？", "体验官”招几个人"),
        ("（请问）", "请问"),
        ("……12345。。", "12345"),
        ("?!，", ""),
        ("《》", ""),
        ("90%", "90%"),
    ],
)
def test_bare_text_has_no_punctuation_at_its_ends(typed: str, normal: str) -> None:
    assert bare(typed) == normal


@given(TYPED)
@example(",~ ~体")
@example("薴")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(TYPED)
@example("薴")
def test_baring_twice_changes_nothing_more(text: str) -> None:
    once = bare(text)
    assert bare(once) == once


@given(TYPED)
def test_the_normal_form_is_one_line_of_lower_case_without_double_spaces(text: str) -> None:
    normal = normalize(text)
    assert normal == normal.strip()
    assert normal == normal.lower()
    assert not {"\n", "\t", "\r", "　", "\u200b"} & set(normal)
    assert "  " not in normal


@given(st.text("体验官招几个人请问吗", min_size=1, max_size=12))
def test_width_case_and_emphasis_do_not_matter(text: str) -> None:
    assert normalize(f"{text}ABC123?") == normalize(f"😀{text}ＡＢＣ１２３？？？")
