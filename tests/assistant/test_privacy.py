"""Personal data never leaves the door; public numbers, dates and amounts always do."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from assistant.privacy import LABELS, mask

HAN = st.text(alphabet="我的身份证银行卡号手机是请问体验官招几个人，。？！", max_size=8)
COUNTIES = ["110101", *(f"1401{number}" for number in ("05", "06", "07", "08", "09", "10", "21", "22", "23", "81"))]
FULL_WIDTH = str.maketrans(string.digits + "X", "０１２３４５６７８９Ｘ")


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    """A resident id of 18 characters with a valid check digit."""
    birthday = draw(st.dates(min_value=dt.date(2004, 1, 1), max_value=dt.date(2025, 12, 31)))
    body = draw(st.sampled_from(COUNTIES)) + birthday.strftime("%Y%m%d") + f"{draw(st.integers(0, 999)):03}"
    return body + str(ric.calc_check_digit(body + "0"))


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    """A bank card number of 13 to 19 digits that passes the Luhn check."""
    size = draw(st.integers(13, 19))
    prefix = draw(st.sampled_from(["62", "4", "51", "37", "9558"]))
    rest = size - 1 - len(prefix)
    body = prefix + draw(st.text(alphabet=string.digits, min_size=rest, max_size=rest))
    return body + str(luhn.calc_check_digit(body))


mobile_numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@st.composite
def typed(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """A number as people type it: gaps anywhere, some characters in full width."""
    pieces = []
    number = draw(numbers)
    for index, char in enumerate(number):
        gap = draw(st.sampled_from(["", "", "", "", " ", "-", "　", "－", " - "])) if index else ""
        pieces.append(gap + (char.translate(FULL_WIDTH) if draw(st.booleans()) else char))
    return "".join(pieces)


@given(HAN, typed(resident_ids()), HAN)
def test_a_resident_id_is_masked_however_it_is_typed(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert masked.text == f"{before}[身份证号]{after}"
    assert masked.found == ("id",)


@given(HAN, typed(card_numbers()), HAN)
def test_a_card_number_is_masked_however_it_is_typed(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert masked.text.startswith(before)
    assert masked.text.endswith(after)
    assert masked.found in (("card",), ("id",))  # A card that happens to read as an old resident id.
    assert not any(char.isdigit() for char in masked.text)


@given(
    HAN,
    mobile_numbers,
    st.sampled_from([(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6)]),
    st.sampled_from([" ", "-", "　", "－"]),
    st.sampled_from(["", "+86", "+86 ", "86-", "0086 "]),
    st.booleans(),
    HAN,
)
def test_a_mobile_number_is_masked_however_it_is_typed(
    before: str, number: str, sizes: tuple[int, ...], gap: str, prefix: str, full_width: bool, after: str
) -> None:
    groups, start = [], 0
    for size in sizes:
        groups.append(number[start : start + size])
        start += size
    written = prefix + gap.join(groups)
    masked = mask(before + (written.translate(FULL_WIDTH) if full_width else written) + after)
    assert not any(char.isdigit() for char in masked.text)
    assert "[手机号]" in masked.text or "[银行卡号]" in masked.text  # 86 and eleven digits may pass the Luhn check.


@given(st.text(alphabet="验证码密是我的0123456789 -Xx@.a[]手机号，", max_size=60))
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@given(st.text(max_size=200))
def test_any_text_can_be_masked_and_keeps_everything_that_is_not_masked(text: str) -> None:
    masked = mask(text)
    rest = masked.text
    for sort in masked.found:
        before, _, rest = rest.partition(LABELS[sort])
        assert before in text
    assert rest in text


PLAIN = ["110", "119", "120", "122", "12345", "96110", "2042", "1998", "2026-03-06"]


@given(st.lists(st.sampled_from(PLAIN), max_size=8), st.sampled_from(" -、"))
def test_public_numbers_years_and_dates_in_a_row_stay(numbers: list[str], gap: str) -> None:
    text = "请拨打" + gap.join(numbers) + "咨询"
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "遇到诈骗打110还是96110",
        "12345热线几点下班",
        "补贴7.98万元，还是119.3元",
        "2042年的规划，2026-03-06到2026-12-31",
        "2026-03-06 2026-12-31",
        "2021 2022 2023 2024",
        "10 20 30 40 50 60 70 80岁",
        "0351-4123456和0351-4123456 0351-7654321",
        "总投资12345678901元，约1000000000000",
        "圆周率3.14159265358979",
        "密码忘了拨打12345",
        "收到10086发来的验证码怎么办",
        "密码2042年才改",
        "骗子要我的验证码，我给不给",
        "",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).found == ()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("验证码是 482913", "验证码是 [验证码]"),
        ("验证码：４８２９１３，对吗", "验证码：[验证码]，对吗"),
        ("482913是验证码", "[验证码]是验证码"),
        ("校验码4829", "校验码[验证码]"),
        ("动态密码 482 913", "动态密码 [验证码]"),
        ("短信码4 8 2 9 1 3.", "短信码[验证码]."),
        ("口令是12345", "口令是[验证码]"),
        ("验证码告诉骗子了是4829，咋办", "验证码告诉骗子了是[验证码]，咋办"),
        ("验证码482913 2026年", "验证码[验证码] 2026年"),
        ("密碼是48291357", "密碼是[验证码]"),
    ],
)
def test_a_verification_code_is_masked_beside_the_word_for_it(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("11010119900307451X", "[身份证号]"),
        ("１１０１０１ １９９００３０７ ４５１X好", "[身份证号]好"),
        ("身份证 110101 1990 0307 4514", "身份证 [身份证号]"),
        ("110101800101001", "[身份证号]"),
        ("卡6222 0212 3456 7891", "卡[银行卡号]"),
        ("卡6222021234567891要不要", "卡[银行卡号]要不要"),
        ("号138001380001", "号[号码]"),
        ("工单20260306123456", "工单[号码]"),
        ("号110101199003074514138", "号[号码]"),
    ],
)
def test_a_mistyped_number_is_masked_too(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("发到zhang.san@qq.com吧", "发到[邮箱]吧"),
        ("发到a_b＠１６３．com吧", "发到[邮箱]吧"),
        ("13800138000@139.com", "[邮箱]"),
        ("13800138000 13900139000", "[手机号] [手机号]"),
        ("13800138000 12345", "[手机号] 12345"),
        ("1.13800138000 2.13900139000", "1.[手机号] 2.[手机号]"),
        ("110101199003070118手机13800138000密码482913", "[身份证号]手机[手机号]密码[验证码]"),
    ],
)
def test_several_numbers_are_masked_one_by_one(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_the_sorts_are_told_in_the_order_of_the_text() -> None:
    assert mask("a@b.cn，13800138000，验证码482913").found == ("email", "mobile", "code")
