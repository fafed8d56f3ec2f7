"""Eligibility: reading age and record from what people say, and the verdict for inspectors.

The conditions are those of the notice: no bad credit record, no criminal record, and an age "generally" over 25 and
under 60. The edge years themselves, and any exception, are for the organiser to decide.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from assistant.normalize import normalize

YOUNGEST, OLDEST = 25, 60

Record = Literal["clean", "blemished", "undisclosed"]
#: An age in full years, or that the person does not say.
Age = int | Literal["undisclosed"]
Verdict = Literal["yes", "no", "ask"]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_NUMBER = r"[零〇一二两三四五六七八九十百]+"
_NUMBER = rf"(?:\d{{1,3}}|{_CHINESE_NUMBER})"
_AGE_WITH_UNIT = re.compile(
    rf"({_NUMBER})(?:周岁|岁|大岁|虚岁|整|来岁)|(?:年龄|年纪|岁数|今年|我|妈|爸|才|都|快|满|刚|是)({_NUMBER})"
    rf"(?![\d零〇一二两三四五六七八九十百年月号名个万元块])"
)
_BARE_NUMBER = re.compile(rf"^(?:是|今年|我|满|刚满|大概|差不多)*({_NUMBER})(?:了|吧|啊|呀|整|嘛|呢)*$")
_BIRTH_YEAR = re.compile(r"(?<!\d)(19[2-9]\d|20[0-2]\d)年?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:生|出生|属)")
_SHORT_BIRTH_YEAR = re.compile(r"(?<!\d)([2-9]\d|0\d)年(?:\d{1,2}月)?(?:生|出生|的(?!事|时))")
#: "75年的" is an age only in reply to the question for one.
_YEAR_IN_REPLY = re.compile(r"^\D{0,4}((?:19|20)?[0-9]\d)年?(?:的|人)?\D{0,2}$")
_ZODIAC = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_ZODIAC_SAID = re.compile(rf"属([{_ZODIAC}])")
_REFUSES = re.compile(r"不想说|不告诉|保密|不方便|不便|为什么要问|问这干|问这个干|不说|隐私|不愿")
_BAD = re.compile(
    r"有(?:过)?(?:前科|案底|犯罪|违法|不良|污点|记录|信用问题)|坐过牢|判过|判了|蹲过|失信|老赖|黑名单|进去过|拘留过|逾期|被处罚过|犯过|劳改|酒驾过|征信不好|征信有"
)
_CLEAN = re.compile(
    r"(?:没有?|没得|无|从来没|从没|未曾|未)(?:有)?(?:过|任何|什么|啥|甚)?(?:不良|前科|案底|犯罪|违法|犯过|污点|记录|坐过|判过|逾期|失信|这些|问题|毛病|犯)(?:牢|记录|事|法)?|"
    r"遵纪守法|清白|干净|良好|征信(?:很|挺|都)?好|信用(?:很|挺|都)?好|老实人|守法|都没(?:有|犯|做)"
)


@dataclass(frozen=True)
class Assessment:
    """The verdict and the names of its reasons, in the order to tell them (see domain.yml)."""

    verdict: Verdict
    reasons: tuple[str, ...]


def chinese_number(text: str) -> int | None:
    """The value of a number below 200 in Arabic or Chinese digits; None if it is not one."""
    if text.isdecimal():
        return int(text)
    if not re.fullmatch(_CHINESE_NUMBER, text):
        return None
    hundreds, _, rest = text.rpartition("百")
    value = 100 * (_DIGITS.get(hundreds, 1)) if "百" in text else 0
    if "十" in rest:
        tens, _, ones = rest.partition("十")
        return value + 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    spelled = [_DIGITS[char] for char in rest if char in _DIGITS]
    return value + (int("".join(map(str, spelled))) if spelled else 0)


def read_age(message: str, today: dt.date, asked: bool) -> Age | None:
    """The age told in `message`: full years, "undisclosed" for a refusal, None if there is none.

    `asked` says that the age was just asked for, so a bare number or a refusal counts. A birth year gives the age
    reached in that year. For a zodiac sign see `zodiac_ages`.
    """
    text = normalize(message)
    for pattern in (_BIRTH_YEAR, _SHORT_BIRTH_YEAR):
        if match := pattern.search(text):
            return _age_in(today, match.group(1))
    for match in _AGE_WITH_UNIT.finditer(text):
        value = chinese_number(match.group(1) or match.group(2))
        if value is not None and 3 <= value <= 120 and not (match.group(2) and value < 10):
            return value
    if not asked:
        return None
    if match := _BARE_NUMBER.search(text.strip(" ,.?!;:、。")):
        value = chinese_number(match.group(1))
        if value is not None and 3 <= value <= 120:
            return value
    if match := _YEAR_IN_REPLY.search(text.strip(" ,.?!;:、。")):
        return _age_in(today, match.group(1))
    if _REFUSES.search(text):
        return "undisclosed"
    return None


def _age_in(today: dt.date, year: str) -> int:
    """The age reached this year by someone born in `year`, written with four digits or its last two."""
    born = int(year)
    if born < 100:
        born += 1900 if born > today.year % 100 else 2000
    return today.year - born


def zodiac_ages(message: str, today: dt.date) -> tuple[int, ...]:
    """The ages between 18 and 90 that fit a zodiac sign named in `message`, youngest first; empty without one."""
    match = _ZODIAC_SAID.search(normalize(message))
    if not match:
        return ()
    sign = _ZODIAC.index(match.group(1))
    return tuple(age for age in range(18, 91) if (today.year - age - 4) % 12 == sign)


def read_record(message: str, asked: bool) -> Record | None:
    """What `message` says of credit and criminal records; `asked` lets a plain yes or no count.

    The question asked is whether there IS such a record, so "没有" is clean and "有" is blemished.
    """
    text = normalize(message)
    # "没坐过牢，就是信用卡逾期过": what is denied is taken away first, what is left may still admit something.
    if _BAD.search(_CLEAN.sub("", text)):
        return "blemished"
    if _CLEAN.search(text):
        return "clean"
    if not asked:
        return None
    if _REFUSES.search(text):
        return "undisclosed"
    plain = text.strip(" ,.?!;:、。的了呀啊哦呢嘛")
    if re.fullmatch(r"(?:都|从来|肯定|当然|绝对|真)?(?:没有?|无|不是|没|不存在|没得|木有|否|没有过)+", plain):
        return "clean"
    if re.fullmatch(r"(?:是|有|有过|是的|对|嗯|有一点|有点|有一次|有一个)+", plain):
        return "blemished"
    return None


def assess(age: Age, record: Record) -> Assessment:
    """The verdict on age and record: yes, no, or ask the organiser; with every reason."""
    reasons = []
    if record == "blemished":
        reasons.append("record_blemished")
    if isinstance(age, int) and age < YOUNGEST:
        reasons.append("age_below")
    if isinstance(age, int) and age > OLDEST:
        reasons.append("age_above")
    if reasons:
        return Assessment("no", tuple(reasons))
    if age in (YOUNGEST, OLDEST):
        reasons.append("age_edge")
    if age == "undisclosed":
        reasons.append("age_undisclosed")
    if record == "undisclosed":
        reasons.append("record_undisclosed")
    return Assessment("ask", tuple(reasons)) if reasons else Assessment("yes", ("all_met",))
