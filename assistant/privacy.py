"""Privacy: personal data in what people type is replaced before anything stores, logs or passes it on.

Better one number too many than one too few: only numbers that are plainly public or plainly a date,
an amount or a year survive among the long ones.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

Sort = Literal["id", "card", "mobile", "number", "code", "email"]

#: What stands in the text where personal data of each sort stood.
LABELS: dict[Sort, str] = {
    "id": "[身份证号]",
    "card": "[银行卡号]",
    "mobile": "[手机号]",
    "number": "[号码]",
    "code": "[验证码]",
    "email": "[邮箱]",
}


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and the sorts of data that were replaced, in the text's order."""

    text: str
    found: tuple[Sort, ...] = ()


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    sort: Sort


#: What people put between groups of digits: spaces, hyphens, dashes, invisible characters.
_GAP = r"[ \t\u00a0\u00ad\u2000-\u2015\u2060\ufeff_-]{1,3}"
#: Digits of the shortest and the longest number that is looked for (0086 and a mobile number have 15, a card 19).
_SHORTEST = 11
_LONGEST = 19
_RUN = re.compile(rf"\d(?:(?:{_GAP})?\d)*(?:(?:{_GAP})?[Xx](?![A-Za-z0-9]))?")
_GROUP = re.compile(r"\d+|[Xx]")

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_MOBILE = re.compile(r"(?:(?:00)?86|0)?1[3-9]\d{9}")
_ID_SHAPE = re.compile(r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_CARD_GROUPS = re.compile(r"\d{4}(?: \d{4}){3}(?: \d{1,3})?")

#: Numbers anyone may call: emergency and service lines, network operators.
_PUBLIC = r"1(?:1[0-9]|2[0-2])|12\d{3}|100\d\d|9[56]\d{3}"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"{_YEAR} \d{{1,2}} \d{{1,2}}(?: \d{{1,2}} \d\d)?"
_LANDLINE = r"0\d{2,3} \d{7,8}|[48]00 \d{3,4} \d{3,4}"
_KNOWN = rf"{_DATE}|{_YEAR}|{_PUBLIC}|{_LANDLINE}"
#: Groups (joined by single spaces) that are whole things by themselves, so that no longer number hides in them.
_WHOLE = re.compile(rf"(?:{_KNOWN}|1[3-9]\d{{9}})(?: (?:{_KNOWN}|1[3-9]\d{{9}}))*")
#: The same for groups that make up no provable number: short ones are ages, counts and the like.
_PLAIN = re.compile(rf"(?:{_KNOWN}|\d{{1,3}})(?: (?:{_KNOWN}|\d{{1,3}}))*")
#: A long number is an amount if it is round, or if a unit follows it.
_ROUND = re.compile(r"[1-9]\d{0,3}0{7,}")
_FRACTION = re.compile(r"\d\.$")
_UNIT = re.compile(r"\s?[元块万亿人个吨克斤米户度字条次%]")

_SECRET = r"(?:(?:验证|校验|确认|授权|动态|短信)码|密码|口令|驗證碼|校驗碼|密碼)"
_CODE = (
    r"(?<!\d)(?<!\d\.)(?P<code>\d{4,8}|\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d\d(?:[ -]\d\d){1,3}|\d(?:[ -]\d){3,7})"
    r"(?!\.?\d|[年月日元万亿%个人位次分秒号])"
)
_SECRET_THEN_CODE = re.compile(rf"{_SECRET}(?P<between>[^\d\[\]\0\n]{{0,8}}){_CODE}")
_CODE_THEN_SECRET = re.compile(rf"{_CODE}(?P<between>[是就为这个我的给您你,:，：\s]{{0,5}}){_SECRET}")
_SAYS = re.compile(r"[\s是为就叫:=“”\"'，,]*")
_PUBLIC_ALONE = re.compile(_PUBLIC)


def mask(text: str) -> Masked:
    """`text` with resident ids, bank cards, mobile numbers, e-mail addresses, verification codes and
    other long numbers replaced by a label.

    Digits may be full width and grouped by spaces or hyphens; mistyped numbers are replaced too.
    Everything else stays as it was typed. Masking a masked text changes nothing.
    """
    folded = "".join(map(_fold, text))
    spans: list[_Span] = []
    for find in (_emails, _numbers, _codes):
        found = list(find(folded))
        spans += found
        for span in found:  # What was found hides no second finding.
            folded = folded[: span.start] + "\0" * (span.end - span.start) + folded[span.end :]
    if not spans:
        return Masked(text)
    spans.sort(key=lambda span: span.start)
    pieces, end = [], 0
    for span in spans:
        pieces += [text[end : span.start], LABELS[span.sort]]
        end = span.end
    return Masked("".join(pieces) + text[end:], tuple(span.sort for span in spans))


def _fold(char: str) -> str:
    """One character for one: ASCII for full-width forms and for digits of any script."""
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char == "\u3000":
        return " "
    if char > "\x7f" and unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    return char if char != "\0" else " "


def _emails(text: str) -> Iterator[_Span]:
    for match in _EMAIL.finditer(text):
        yield _Span(match.start(), match.end(), "email")


def _codes(text: str) -> Iterator[_Span]:
    for pattern in (_SECRET_THEN_CODE, _CODE_THEN_SECRET):
        for match in pattern.finditer(text):
            # "忘了密码打12345" names a hotline; "密码是12345" does not.
            if _PUBLIC_ALONE.fullmatch(match["code"]) and not _SAYS.fullmatch(match["between"]):
                continue
            yield _Span(match.start("code"), match.end("code"), "code")
            text = text[: match.start("code")] + "\0" * len(match["code"]) + text[match.end("code") :]


# Numbers: a run is groups of digits with small gaps between them; a window is some of its groups in a row.


@dataclass(frozen=True)
class _Window:
    """The groups from `first` to `last` (both included) of a run."""

    run: _Run
    first: int
    last: int

    @cached_property
    def groups(self) -> tuple[str, ...]:
        return tuple(group.group() for group in self.run.groups[self.first : self.last + 1])

    @cached_property
    def digits(self) -> str:
        return "".join(self.groups).upper()

    @cached_property
    def spaced(self) -> str:
        return " ".join(self.groups)

    @property
    def start(self) -> int:
        return self.run.groups[self.first].start()

    @property
    def end(self) -> int:
        return self.run.groups[self.last].end()


class _Run:
    """A run, and which of its groups no number was found in yet."""

    def __init__(self, match: re.Match[str]) -> None:
        self.text = match.string
        self.groups = list(_GROUP.finditer(match.string, match.start(), match.end()))
        self.free = [True] * len(self.groups)

    def is_free(self, window: _Window) -> bool:
        return all(self.free[window.first : window.last + 1])

    def take(self, window: _Window) -> None:
        self.free[window.first : window.last + 1] = [False] * (window.last + 1 - window.first)

    def windows(self) -> list[_Window]:
        """Every window that may be one id, card or mobile number; from each first group the longest comes first."""
        found: list[_Window] = []
        if _WHOLE.fullmatch(_Window(self, 0, len(self.groups) - 1).spaced):
            return [_Window(self, index, index) for index in range(len(self.groups))]
        for first in range(len(self.groups)):
            longer, size = [], 0
            for last in range(first, len(self.groups)):
                size += len(self.groups[last].group())
                if size > _LONGEST:
                    break
                window = _Window(self, first, last)
                if size >= _SHORTEST and (first == last or not _WHOLE.fullmatch(window.spaced)):
                    longer.append(window)
            found += reversed(longer)
        return found

    def stretches(self) -> Iterator[_Window]:
        """Every single group, then all groups that are left side by side."""
        yield from (_Window(self, index, index) for index in range(len(self.groups)))
        for is_free, indexes in itertools.groupby(range(len(self.groups)), lambda index: self.free[index]):
            if is_free:
                stretch = list(indexes)
                yield _Window(self, stretch[0], stretch[-1])


def _numbers(text: str) -> Iterator[_Span]:
    for match in _RUN.finditer(text):
        if match.end() - match.start() < _SHORTEST:
            continue
        run = _Run(match)
        windows = run.windows()
        for sort, test in _TESTS:
            for window in windows:
                if run.is_free(window) and test(window):
                    run.take(window)
                    plus = sort == "mobile" and text[: window.start].endswith("+")
                    yield _Span(window.start - plus, window.end, sort)
        for window in run.stretches():
            if run.is_free(window) and _is_long_number(window):
                run.take(window)
                yield _Span(window.start, window.end, "number")


def _is_id(window: _Window) -> bool:
    digits = window.digits
    if len(digits) == 18:
        return digits[:17].isdigit() and digits[17] == ric.calc_check_digit(digits) and _is_born(digits)
    # Ids of 15 digits were given until 1999: no check digit, but place and birthday must exist.
    return len(digits) == 15 and digits.isdigit() and _is_born(f"{digits[:6]}19{digits[6:]}")


def _is_born(digits: str) -> bool:
    """Whether the place and the birthday that a resident id begins with exist."""
    try:
        return bool(ric.get_birth_place(digits))
    except (ValidationError, KeyError):  # KeyError: the code of a whole province.
        return False


def _is_card(window: _Window) -> bool:
    digits = window.digits
    if not (13 <= len(digits) <= 19 and digits.isdigit() and digits[0] != "0"):
        return False
    return luhn.is_valid(digits) and not _MOBILE.fullmatch(digits)


def _is_mobile(window: _Window) -> bool:
    sizes = [len(group) for group in window.groups]
    natural = sizes[0] >= 3 or window.groups[0] == "86" or max(sizes) <= 2
    return natural and bool(_MOBILE.fullmatch(window.digits))


def _is_mistyped_id(window: _Window) -> bool:
    return bool(_ID_SHAPE.fullmatch(window.digits)) and not _PLAIN.fullmatch(window.spaced)


def _is_mistyped_card(window: _Window) -> bool:
    if len(window.groups) == 1:
        return 16 <= len(window.digits) <= 19
    return bool(_CARD_GROUPS.fullmatch(window.spaced))


def _is_long_number(window: _Window) -> bool:
    digits = window.digits
    if len(window.groups) > 1:
        return len(digits) >= 15 and not _PLAIN.fullmatch(window.spaced)
    if len(digits) < 11:
        return False
    text = window.run.text
    amount = _ROUND.fullmatch(digits) or _UNIT.match(text, window.end)
    fraction = _FRACTION.search(text[: window.start])
    return len(digits) > 15 or not (amount or fraction)


#: In this order, each over all windows of a run: what can be proved comes before what merely looks like it.
_TESTS: tuple[tuple[Sort, Callable[[_Window], bool]], ...] = (
    ("id", _is_id),
    ("card", _is_card),
    ("id", _is_mistyped_id),
    ("card", _is_mistyped_card),
    ("mobile", _is_mobile),
)
