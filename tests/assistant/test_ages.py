"""Ages: how old residents say they are."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ages import Age, chinese_number, read_age, refuses, zodiac_ages

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
    ("text", "age"),
    [
        ("刚好一甲子", 60),
        ("花甲之年", 60),
        ("古稀之年了", 70),
        ("不惑之年", 40),
        ("五十有三", 53),
        ("五八", 58),
        ("身份证上59", 59),
        ("虚岁46，周岁45", 45),
        ("刚上大二，20", 20),
        ("她今年六十", 60),
        ("58周", 58),
    ],
)
def test_an_age_may_have_a_name_or_an_old_spelling(text: str, age: int) -> None:
    assert read_age(text, TODAY, asked=True) == age


@pytest.mark.parametrize(
    "text",
    [
        "年过半百",
        "年近花甲",
        "不到60",
        "还差一个月60",
        "明年60",
        "过了年就60了",
        "再过两年60",
        "80后",
        "八零后",
        "四十五六",
    ],
)
def test_an_age_that_is_not_reached_or_not_exact_is_asked_again(text: str) -> None:
    assert read_age(text, TODAY, asked=True) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("1961.3", 65),
        ("1961-05-05", 64),
        ("六一年三月的", 65),
        ("61年10月生", 64),
        ("我是七五年腊月的", 51),
        ("68年8月8号", 57),
        ("生日1966年5月", 59),
        ("属牛，61年的", 65),
        ("61年生人", 65),
        ("零三年的", 23),
    ],
)
def test_a_birth_year_is_read_in_its_many_spellings(text: str, age: int) -> None:
    assert read_age(text, TODAY, asked=True) == age


@pytest.mark.parametrize(
    ("text", "age"),
    [("说错了，是58不是68", 58), ("等下不是59，是61", 61), ("应该是六十二，刚才打错了", 62), ("算了告诉你吧，48", 48)],
)
def test_of_two_numbers_the_corrected_one_counts(text: str, age: int) -> None:
    assert read_age(text, TODAY, asked=True) == age


def test_a_bare_number_counts_in_a_correction() -> None:
    assert read_age("说错了，58", TODAY, asked=False) == 58


def test_a_zodiac_sign_and_a_decade_are_one_age() -> None:
    assert read_age("属虎，五十多了", TODAY, asked=True) == 52
    assert read_age("属虎", TODAY, asked=True) is None
    assert read_age("五十多了", TODAY, asked=True) is None


def test_a_year_of_ones_own_sign_fits_every_twelfth_age() -> None:
    assert zodiac_ages("今年本命年", TODAY) == zodiac_ages("属马", TODAY)


@pytest.mark.parametrize("text", ["岁数就不说了吧", "你管我多大", "跳过", "记不清自己多大了", "无可奉告"])
def test_there_are_many_ways_not_to_say(text: str) -> None:
    age: Age | None = read_age(text, TODAY, asked=True)
    assert age == "undisclosed"


def test_who_refuses_is_told_from_who_does_not() -> None:
    assert refuses("這個保密")
    assert not refuses("四十五")
