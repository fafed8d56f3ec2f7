"""Eligibility: age and record in residents' words, and the verdict with its reasons."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility import (
    OLDEST,
    YOUNGEST,
    Age,
    Record,
    assess,
    chinese_number,
    read_age,
    read_record,
    zodiac_ages,
)

TODAY = dt.date(2026, 4, 1)
DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number from 0 to 199 as it is written in Chinese."""
    if number < 10:
        return DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    rest = number - 100
    if rest == 0:
        return "一百"
    return "一百" + ("零" + DIGITS[rest] if rest < 10 else ("一" if rest < 20 else "") + spelled(rest))


# Numbers.


@pytest.mark.parametrize("number", range(200))
def test_a_number_is_read_in_arabic_and_in_chinese_digits(number: int) -> None:
    assert chinese_number(str(number)) == number
    assert chinese_number(spelled(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("两百", 200), ("百", 100), ("一十五", 15), ("〇", 0), ("六五", 65), ("十", 10), ("二〇", 20), ("007", 7)],
)
def test_other_ways_to_write_a_number_are_read(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "四十五岁", "abc", "1.5", "-3", "１²", "万", "三 十"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert chinese_number(text) is None


# Ages.


@pytest.mark.parametrize("age", range(10, 121))
def test_an_age_with_its_unit_is_read_whether_asked_or_not(age: int) -> None:
    for text in (
        f"我今年{age}岁",
        f"{age}周岁了",
        f"我妈{age}岁想报名",
        f"{spelled(age)}岁",
        f"本人{spelled(age)}周岁",
    ):
        assert read_age(text, TODAY, asked=False) == age
        assert read_age(text, TODAY, asked=True) == age


@pytest.mark.parametrize("age", range(18, 100))
def test_a_bare_number_is_an_age_only_where_one_was_asked_for(age: int) -> None:
    for text in (str(age), f"{age}了", spelled(age), f"{spelled(age)}啦。", f"大概{age}吧"):
        assert read_age(text.replace("啦", ""), TODAY, asked=True) == age
    assert read_age(str(age), TODAY, asked=False) is None
    assert read_age(spelled(age), TODAY, asked=False) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("我1966年生的", 60),
        ("1980年5月出生", 45),
        ("我是1976年12月出生的", 49),
        ("66年的", 60),
        ("我90年出生", 36),
        ("02年的", 24),
        ("我妈62了想报名行吗", 62),
        ("俺今年六十整，能行不", 60),
        ("我23，刚大学毕业，可以报不", 23),
        ("４５岁", 45),
        ("我是開店的，四十五歲", 45),
        ("虚岁61，周岁60岁", 60),
        ("我现在60了", 60),
        ("年龄五十三，记录没有", 53),
    ],
)
def test_ages_are_read_as_residents_tell_them(text: str, age: int) -> None:
    assert read_age(text, TODAY, asked=False) == age


@pytest.mark.parametrize(
    "text",
    [
        "有，2015年的事",
        "2018年的时候酒驾过",
        "我三十五年党龄",
        "我二十五个人的小厂",
        "我2026年4月1日问的",
        "我打了12345",
        "我信用卡欠过3000块",
        "我3月6号去的",
        "没有",
        "想报名",
        "",
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert read_age(text, TODAY, asked=False) is None


def test_the_age_is_found_behind_other_numbers() -> None:
    assert read_age("我三十五年工龄，今年58岁", TODAY, asked=True) == 58


@pytest.mark.parametrize("text", ["不想说", "保密", "这是隐私", "不方便透露", "为什么要问这个", "不告诉你"])
def test_who_does_not_say_the_age_need_not(text: str) -> None:
    assert read_age(text, TODAY, asked=True) == "undisclosed"
    assert read_age(text, TODAY, asked=False) is None


@pytest.mark.parametrize("text", ["我的店开了很多年", "1", "200", "你猜", "999岁", ""])
def test_no_possible_age_is_none(text: str) -> None:
    assert read_age(text, TODAY, asked=True) is None


# Zodiac signs.


@pytest.mark.parametrize(
    ("text", "youngest"), [("我属马", 24), ("属龙的", 26), ("俺屬雞", 21), ("属蛇", 25), ("属猪的，你算", 19)]
)
def test_a_zodiac_sign_fits_every_twelfth_age(text: str, youngest: int) -> None:
    ages = zodiac_ages(text, TODAY)
    assert ages == tuple(range(youngest, 91, 12))


@given(st.sampled_from("鼠牛虎兔龙蛇马羊猴鸡狗猪"), st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_every_sign_fits_ages_between_18_and_90_twelve_years_apart(sign: str, today: dt.date) -> None:
    ages = zodiac_ages(f"属{sign}", today)
    assert 18 <= ages[0] < 30
    assert ages[-1] <= 90
    assert {later - earlier for earlier, later in pairwise(ages)} == {12}
    assert all("鼠牛虎兔龙蛇马羊猴鸡狗猪"[(today.year - age - 1984) % 12] == sign for age in ages)


@pytest.mark.parametrize("text", ["马上告诉你", "45岁", "我家养了一只鸡", ""])
def test_without_a_sign_no_age_fits(text: str) -> None:
    assert zodiac_ages(text, TODAY) == ()


# Records.


@pytest.mark.parametrize(
    "text",
    [
        "没有不良记录",
        "我没有前科",
        "从来没犯过法，没犯过错",
        "没坐过牢",
        "信用良好，没有案底",
        "遵纪守法的老百姓",
        "我清清白白，干净得很",
        "征信很好",
        "无违法犯罪记录",
        "這些問題都没有，沒有前科",
    ],
)
def test_a_clean_record_is_read_whether_asked_or_not(text: str) -> None:
    assert read_record(text, asked=False) == "clean"
    assert read_record(text, asked=True) == "clean"


@pytest.mark.parametrize(
    "text",
    ["我有前科", "信用卡逾期过", "年轻时候被拘留过", "坐过牢", "我是失信人员", "上了黑名单", "酒驾过一次", "征信不好"],
)
def test_a_blemished_record_is_read_whether_asked_or_not(text: str) -> None:
    assert read_record(text, asked=False) == "blemished"
    assert read_record(text, asked=True) == "blemished"


@pytest.mark.parametrize(
    "text",
    ["没坐过牢，就是信用卡逾期过", "没有犯罪记录，但是征信不好", "没有前科，有一次酒驾过"],
)
def test_one_blemish_counts_whatever_else_is_clean(text: str) -> None:
    assert read_record(text, asked=True) == "blemished"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("没有", "clean"),
        ("没", "clean"),
        ("没有没有", "clean"),
        ("沒有！", "clean"),
        ("肯定没有啊", "clean"),
        ("有", "blemished"),
        ("是的", "blemished"),
        ("有过", "blemished"),
        ("不想说", "undisclosed"),
        ("保密", "undisclosed"),
    ],
)
def test_a_plain_yes_or_no_counts_only_where_it_was_asked_for(text: str, record: Record) -> None:
    assert read_record(text, asked=True) == record
    assert read_record(text, asked=False) is None


@pytest.mark.parametrize("text", ["我45岁", "什么意思", "招几个人", "我都没听懂您的话", "", "？？"])
def test_what_says_nothing_of_records_is_none(text: str) -> None:
    assert read_record(text, asked=True) is None
    assert read_record(text, asked=False) is None


# The verdict.


@pytest.mark.parametrize(
    ("age", "record", "verdict", "reasons"),
    [
        (45, "clean", "yes", ("all_met",)),
        (26, "clean", "yes", ("all_met",)),
        (59, "clean", "yes", ("all_met",)),
        (24, "clean", "no", ("age_below",)),
        (61, "clean", "no", ("age_above",)),
        (25, "clean", "ask", ("age_edge",)),
        (60, "clean", "ask", ("age_edge",)),
        (45, "blemished", "no", ("record_blemished",)),
        (18, "blemished", "no", ("record_blemished", "age_below")),
        (70, "blemished", "no", ("record_blemished", "age_above")),
        (25, "blemished", "no", ("record_blemished",)),
        ("undisclosed", "clean", "ask", ("age_undisclosed",)),
        (45, "undisclosed", "ask", ("record_undisclosed",)),
        (60, "undisclosed", "ask", ("age_edge", "record_undisclosed")),
        ("undisclosed", "undisclosed", "ask", ("age_undisclosed", "record_undisclosed")),
        ("undisclosed", "blemished", "no", ("record_blemished",)),
        (24, "undisclosed", "no", ("age_below",)),
    ],
)
def test_the_verdict_and_its_reasons(age: Age, record: Record, verdict: str, reasons: tuple[str, ...]) -> None:
    assessment = assess(age, record)
    assert (assessment.verdict, assessment.reasons) == (verdict, reasons)


@given(st.one_of(st.integers(3, 120), st.just("undisclosed")), st.sampled_from(["clean", "blemished", "undisclosed"]))
def test_yes_is_said_only_when_everything_is_known_and_met(age: Age, record: Record) -> None:
    met = isinstance(age, int) and YOUNGEST < age < OLDEST and record == "clean"
    assessment = assess(age, record)
    assert (assessment.verdict == "yes") is met
    assert assessment.reasons


@pytest.mark.parametrize("text", ["快六十了", "四十好几", "六十来岁", "虚岁六十", "我快60了", "孩子都二十了"])
def test_what_is_no_exact_age_of_ones_own_is_asked_again(text: str) -> None:
    assert read_age(text, TODAY, asked=True) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("俺孩子都二十了，俺四十六", 46),
        ("五十二岁，不对，是五十三岁", 53),
        ("四十二，没有案底，信用也没问题", 42),
        ("八五年的", 41),
        ("生于2000年1月", 26),
        ("年轻时候坐过两年牢，现在五十五", 55),
    ],
)
def test_the_age_is_found_beside_other_things(text: str, age: int) -> None:
    assert read_age(text, TODAY, asked=True) == age


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("从来没上过失信名单，也没坐过牢", "clean"),
        ("不是老赖，也没违过法", "clean"),
        ("没啦，甚也没有", "clean"),
        ("岁数就不告诉你了，记录没有", "clean"),
        ("没犯过罪，就是征信黑了", "blemished"),
        ("年轻时候坐过两年牢，现在五十五", "blemished"),
        ("凭啥告诉你这个", "undisclosed"),
        ("自己也弄不清征信咋样，没查过", "undisclosed"),
    ],
)
def test_a_denial_counts_only_for_what_it_denies(text: str, record: str) -> None:
    assert read_record(text, asked=True) == record
