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
#: Not "五十来岁", "虚岁六十", "快六十": those are asked again.
_AGE_WITH_UNIT = re.compile(
    rf"(?<!虚岁)(?<!快)({_NUMBER})(?:周岁|岁|大岁|整)|(?:年龄|年纪|岁数|今年|现在|周岁|我|俺|妈|爸|才|都|满|刚|是)({_NUMBER})"
    rf"(?![\d零〇一二两三四五六七八九十百年月号名个万元块来多好几])"
)
_BARE_NUMBER = re.compile(
    rf"^\D{{0,20}}?(?<![零〇一二两三四五六七八九十百快])(?<!虚岁)({_NUMBER})"
    r"(?:了|吧|啊|呀|整|嘛|呢|对|啦)*(?:$|[,，。;； ])"
)
#: Whose age it is that stands close behind.
_RELATIVE = re.compile(r"(?:孩子|儿子|儿|闺女|女儿|娃|孙子|孙女|媳妇)(?:今年|现在|才|都|已经|有)*$")
_CORRECTS = re.compile(r"不对|不是|错了|更正|应该是")
_YEAR = r"((?:19[2-9]|20[0-2])\d)年?(?:(\d{1,2})月)?(?:\d{1,2}[日号])?"
_BIRTH = re.compile(rf"(?:生于|出生于|生日是){_YEAR}|(?<!\d){_YEAR}(?:份)?(?:生|出生|属)|^\D{{0,4}}{_YEAR}的?$")
_SHORT_BIRTH_YEAR = re.compile(r"(?<!\d)([2-9]\d|0\d)年(?:\d{1,2}月)?(?:生|出生|的(?!事|时))")
#: "75年的" is an age only in reply to the question for one.
_YEAR_IN_REPLY = re.compile(r"^[^\d快]{0,4}((?:19|20)?[0-9]\d)年?(?:的|人)?\D{0,2}$")
_SPELLED_YEAR = re.compile(r"[零〇一二三四五六七八九]{2,4}(?=年)")
_ZODIAC = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_ZODIAC_SAID = re.compile(rf"属([{_ZODIAC}])")
_REFUSES = re.compile(
    r"不想[说讲提]|不告诉|保密|不方便|不便|为什么要问|凭[啥什]|问这干|问这个干|不[说讲]|隐私|不愿|不透露|不提供"
)
_UNKNOWN = re.compile(r"不清楚|弄不清|搞不清|不知道|没查过|记不清|说不准|不好说|不确定")
_BAD = re.compile(
    r"前科|案底|犯罪|犯过?[罪事法]|违过?法|违法|不良|污点|坐过?.{0,3}[牢狱监]|判过|判了|被判|缓刑|蹲过|失信|老赖|黑名单|进去过|"
    r"拘留|逾期|被处罚|劳改|[酒醉]驾|信用问题|(?:征信|信用)(?:记录)?(?:不好|不行|有|黑|花|差)"
)
#: What denies a mention that follows in the same clause, or that went before it.
_DENIES_BEFORE = re.compile(r"(?<!有)(?:没|莫有|木有|无|未|不是|不曾|从不)[^,，。;；!?]{0,10}$")
_DENIES_AFTER = re.compile(r"^(?:记录|的事|这些)?[也都]?(?:没有|没得|莫有|没|无)")
_CLEAN = re.compile(
    r"遵纪守法|清白|干净|良好|(?:征信|信用)(?:记录)?(?:也|很|挺|都)?好|老实人|守法|都没(?:有|犯|做)|记录(?:也|都)?(?:没有|无)|"
    r"(?:没有?|无)(?:任何|什么|啥|甚|这些|不好的)?(?:问题|毛病|记录)"
)
_PLAIN_NO = re.compile(
    r"(?:呃|嗯|都|从来|肯定|当然|绝对|真|啥也|甚也|[,， ])*"
    r"(?:没有?|无|不是|没|不存在|没得|木有|莫有|否|没有过|没啦|啥也|甚也|的|[,， ])+"
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
    reached in that year, or by this month where the month is told. For a zodiac sign see `zodiac_ages`.
    """
    text = _SPELLED_YEAR.sub(lambda year: "".join(str(_DIGITS[digit]) for digit in year.group()), normalize(message))
    bare = text.strip(" ,.?!;:、。")
    if match := _BIRTH.search(bare):
        year, month = next(pair for pair in zip(match.groups()[::2], match.groups()[1::2], strict=True) if pair[0])
        return _age_in(today, year, int(month or 0))
    if match := _SHORT_BIRTH_YEAR.search(text):
        return _age_in(today, match.group(1))
    told = [
        value
        for match in _AGE_WITH_UNIT.finditer(text)
        if (value := chinese_number(match.group(1) or match.group(2))) is not None
        and 3 <= value <= 120
        and not (match.group(2) and value < 10)
        and not _RELATIVE.search(text[: match.start(match.lastindex or 0)])
    ]
    if told:
        return told[-1 if _CORRECTS.search(text) else 0]
    if not asked:
        return None
    if (match := _BARE_NUMBER.search(bare)) and not _RELATIVE.search(bare[: match.start(1)]):
        value = chinese_number(match.group(1))
        if value is not None and 3 <= value <= 120:
            return value
    if match := _YEAR_IN_REPLY.search(bare):
        return _age_in(today, match.group(1))
    if _REFUSES.search(text):
        return "undisclosed"
    return None


def _age_in(today: dt.date, year: str, month: int = 0) -> int:
    """The age reached this year, or by this month, by someone born in `year` (four digits or the last two)."""
    born = int(year)
    if born < 100:
        born += 1900 if born > today.year % 100 else 2000
    return today.year - born - (month > today.month)


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
    mentions = [
        bool(_DENIES_BEFORE.search(text[: match.start()]) or _DENIES_AFTER.search(text[match.end() :]))
        for match in _BAD.finditer(text)
    ]
    # "没坐过牢，就是信用卡逾期过": one admission counts, whatever else is denied.
    if not all(mentions):
        return "blemished"
    if mentions or _CLEAN.search(text):
        return "clean"
    if not asked:
        return None
    if _REFUSES.search(text) or _UNKNOWN.search(text):
        return "undisclosed"
    plain = text.strip(" ,.?!;:、。的了呀啊哦呢嘛")
    if _PLAIN_NO.fullmatch(plain):
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
