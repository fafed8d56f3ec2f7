"""Ages: how old somebody is, from what people say: a number, a birth year, a name for an age, a zodiac sign."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from assistant.corrections import corrected
from assistant.normalize import normalize

#: An age in full years, or that the person does not say.
Age = int | Literal["undisclosed"]

_POSSIBLE = range(3, 121)
#: A smaller number is an age only with its unit.
_PLAIN = range(10, 121)

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_NUMBER = r"[零〇一二两三四五六七八九十百]+"
_NUMBER = re.compile(rf"(?<!\d)\d{{1,3}}(?!\d)|{_CHINESE_NUMBER}")
#: "五十有三" is 五十三.
_AND = re.compile(r"(?<=十)[有又](?=[一二三四五六七八九])")
_NAMED = {
    **dict.fromkeys(("弱冠",), 20),
    **dict.fromkeys(("而立",), 30),
    **dict.fromkeys(("不惑",), 40),
    **dict.fromkeys(("知天命", "半百"), 50),
    **dict.fromkeys(("一甲子", "一个甲子", "花甲", "耳顺"), 60),
    **dict.fromkeys(("古稀", "古来稀"), 70),
    **dict.fromkeys(("耄耋",), 80),
}
_NAME = re.compile(rf"({'|'.join(_NAMED)})(?:之年|的?年纪)?")
#: What makes the number that follows no age reached by now: "虚岁六十", "快六十", "再过两年60", "年过半百".
_NOT_YET = re.compile(
    r"(?:[虚毛]岁|快|将近|接近|临近|不到|没到|没满|未满|不满|差.{0,5}|马上|眼看|奔|年近|年过|过[了完]?年?|[明后]年|下个?月|年底|再过.{0,6}|往|超过?|够不着|到不了)"
    r"(?:[就都要是满到了着有]|才能?)*$"
)
#: Whose age it is that stands close behind.
_RELATIVE = re.compile(r"(?:孩子|儿子|儿|闺女|女儿|娃|孙子|孙女|媳妇)(?:今年|现在|才|都|已经|有)*$")
_UNIT = re.compile(r"周?岁(?!月|数)|大岁|整(?!个)|周(?=$|[,.?!;:、。了])")
#: Other things are counted, or the number is a rough one: "三十五年", "六十来岁", "80后".
_COUNTS_OTHER = re.compile(
    r"[\d零〇一二两三四五六七八九十百年月日号点名个万千元块来多好几后代届次回条项挂出大把票分]|左近|上下|[、~到至-]\d"
)
_OWN = re.compile(
    r"(?:年龄|年纪|岁数|今年|现在|周岁|实岁|身份证上?|我|俺|咱|他|她|妈|爸|爹|娘|伴|才|都|满|刚|是|有)(?:是|有|都|就|才|刚|满|已经|:)*$"
)
_FILLER = re.compile(r"(?:了|吧|啊|呀|嘛|呢|对|啦|嘞|咧|哩|哇|的人|左右|的)*(?:$|[,.?!;:、。 ])")
#: A bare number stands near the beginning of what is said.
_NEAR = 20
_CORRECTS = re.compile(r"不对|不是|[错岔反混]了|更正|应该是|其实|改(?:一下|成)|告诉你")
_NOT_THIS = re.compile(rf"不是(?:{_NUMBER.pattern})(?:周?岁)?")

_SPELLED_YEAR = re.compile(r"[零〇一二三四五六七八九]{2,4}(?=年)")
_MONTH = r"(?:(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?:月|(?=[-./]\d)|$))?(?:[-./]?\d{1,2}[日号]?)?"
_YEAR = rf"((?:19[2-9]|20[0-2])\d)[年\-./]?{_MONTH}"
_BORN = r"(?:份|底|初)?(?:生|出生|属)"
_BIRTH = re.compile(
    rf"(?:生于|出生于|生日是?|出生年月是?){_YEAR}|(?<!\d){_YEAR}{_BORN}|^\D{{0,4}}{_YEAR}的?(?:人|生人)?$"
)
_SHORT_BIRTH = re.compile(
    r"(?<!\d)([2-9]\d|0\d)年(?:(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|\d{1,2}[日号])?|[正冬腊]月)?(?:生|出生|属|的(?!事|时))"
)
#: "75年的" is an age only in reply to the question for one.
_YEAR_IN_REPLY = re.compile(
    r"^[^\d快]{0,4}((?:19|20)\d\d|\d\d(?=[年的]))年?(?:(\d{1,2})月(?:\d{1,2}[日号]?)?)?(?:的|人)?[^\d后]{0,2}$"
)
_ZODIAC = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_ZODIAC_SAID = re.compile(rf"属([{_ZODIAC}])|本命年")
#: "五十多": with a zodiac sign, one age.
_DECADE = re.compile(rf"({_NUMBER.pattern})(?:多|来|出头|好?几|挂零|大几)")

_REFUSES = re.compile(
    r"不想[说讲提填]|不告诉|保密|不方便|不便|为什么要问|凭[啥什]|问这干|问这?个干|不[说讲答填回]|隐私|不愿|不透露|不提供|无可奉告|跳过|"
    r"没必要|别问|你管|关你"
)
_UNKNOWN = re.compile(
    r"^[^,?]{0,4}(?:记不清|不清楚|不知道|弄不清|搞不清|说不清|说不准|忘了|记不得)(?:自己)?(?:多大|岁数|年龄|几岁)?[了啊呀的]*$"
)


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
        if len(ones) > 1:  # "四十五六" is a rough number.
            return None
        return value + 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    spelled = [_DIGITS[char] for char in rest if char in _DIGITS]
    return value + (int("".join(map(str, spelled))) if spelled else 0)


def refuses(message: str) -> bool:
    """Whether somebody does not want to say what was asked."""
    return bool(_REFUSES.search(normalize(message)))


def read_age(message: str, today: dt.date, asked: bool) -> Age | None:
    """The age told in `message`: full years, "undisclosed" for a refusal, None if there is none.

    `asked` says that the age was just asked for, so a bare number or a refusal counts; a bare number counts in a
    correction, too. A birth year gives the age reached in that year, or by this month where the month is told. A zodiac
    sign gives an age if the decade is told with it; else see `zodiac_ages`.
    """
    text = _AND.sub("", corrected(message) or normalize(message))
    text = _SPELLED_YEAR.sub(lambda year: "".join(str(_DIGITS[digit]) for digit in year.group()), text)
    text = _NAME.sub(lambda name: f"{_NAMED[name.group(1)]}岁", _NOT_THIS.sub("", text))
    if (age := _from_birth(text, today)) is not None:
        return age
    told = list(_told(text)) or list(_bare(text) if asked or corrected(message) else ())
    if told:
        return told[-1 if _CORRECTS.search(normalize(message)) else 0]
    if decade := _DECADE.search(text):
        first = (chinese_number(decade.group(1)) or 0) // 10 * 10
        fitting = [age for age in zodiac_ages(text, today) if age in range(first, first + 10)]
        if len(fitting) == 1:
            return fitting[0]
    if not asked:
        return None
    if match := _YEAR_IN_REPLY.search(text.strip(" ,.?!;:、。")):
        return _age_in(today, *match.groups())
    return "undisclosed" if refuses(text) or _UNKNOWN.search(text) else None


def _from_birth(text: str, today: dt.date) -> int | None:
    if match := _BIRTH.search(text.strip(" ,.?!;:、。")):
        year, month = next(pair for pair in zip(match.groups()[::2], match.groups()[1::2], strict=True) if pair[0])
        return _age_in(today, year, month)
    match = _SHORT_BIRTH.search(text)
    return _age_in(today, match.group(1), match.group(2)) if match else None


def _numbers(text: str) -> Iterator[tuple[int, str, str]]:
    """Numbers that may be somebody's own age by now, each with what stands before and behind it."""
    for match in _NUMBER.finditer(text):
        value, before = chinese_number(match.group()), text[: match.start()]
        if value and value in _POSSIBLE and not _NOT_YET.search(before) and not _RELATIVE.search(before):
            yield value, before, text[match.end() :]


def _told(text: str) -> Iterator[int]:
    """Numbers that are ages by their unit, or by the word before them."""
    for value, before, after in _numbers(text):
        if _UNIT.match(after) or (value in _PLAIN and _OWN.search(before) and not _COUNTS_OTHER.match(after)):
            yield value


def _bare(text: str) -> Iterator[int]:
    """Numbers that stand alone, with nothing counted by them."""
    for value, before, after in _numbers(text):
        if value in _PLAIN and len(before) <= _NEAR and _FILLER.match(after) and not _COUNTS_OTHER.match(after):
            yield value


def _age_in(today: dt.date, year: str, month: str | None = None) -> int:
    """The age reached this year, or by this month, by someone born in `year` (four digits or the last two)."""
    born = int(year)
    if born < 100:
        born += 1900 if born > today.year % 100 else 2000
    return today.year - born - ((chinese_number(month or "0") or 0) > today.month)


def zodiac_ages(message: str, today: dt.date) -> tuple[int, ...]:
    """The ages between 18 and 90 that fit a zodiac sign named in `message`, youngest first; empty without one."""
    match = _ZODIAC_SAID.search(normalize(message))
    if not match:
        return ()
    sign = _ZODIAC.index(match.group(1)) if match.group(1) else (today.year - 4) % 12
    return tuple(age for age in range(18, 91) if (today.year - age - 4) % 12 == sign)
