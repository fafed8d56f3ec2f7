"""Corrections: what is meant by somebody who takes back what was said ("说错了，是河底村", "我问的是报名不是面试")."""

from __future__ import annotations

import re

from assistant.normalize import normalize

_SIGHS = r"(?:[哎唉诶哦噢呃嗯啊呀哟嗨,.!]|等等|等一下|等下|且慢)*"
#: Words that take something back.
_SLIP = (
    r"不是|不对|错了|口误|手滑了?|眼花了?|[点按打说选]快了|(?:更正|纠正|改)一下|"
    r"(?:你|您|我|是我|年龄|岁数|生日|刚才|刚刚|前面)?(?:又|都)?(?:[说打写看问弄搞记讲听答填输回点按选]|理解)(?:[错岔反混]了?)|"
    r"(?:你|您|我|是我|刚才|刚刚)?没(?:[说讲听弄看]|理解)(?:清楚?|明白|对|懂)"
)
_TAKES_BACK = re.compile(rf"{_SIGHS}(?:(?:{_SLIP})[啦啊呀咧嘞哈了]*[,.!;: ]*)+")
#: Who says what is meant: "我想问的是", "是说".
_MEANS = r"(?:(?:我|俺)?(?:就|其实)?(?:是)?(?:想|要)?(?:问|说|指|知道)(?:一下|下)?(?:的(?:就)?是|(?!的)))"
#: How a correction goes on without a pause, so that "不是党员能报吗" is none.
_GOES_ON = re.compile(rf"(?=我|俺|是|其实){_MEANS}|(?:其实|应该|就)?是(?!不是)")
#: "不是问地址，是问咋挂号", "不是清徐，阳曲的"
_INSTEAD = re.compile(
    rf"{_SIGHS}(?:我|俺)?(?:[问说指]的?)?(?:不是[问说指]?|没[问说指])[^,吗]{{1,12}},(?:而)?"
    rf"(?P<meant>(?:{_MEANS}|(?:就|应该)?是(?!不是)).+|[^,吗不没能行可]{{1,6}}$)"
)
#: "我问的是报名不是面试", "我说的是河底村"
_MEANT = re.compile(rf"(?=我|俺|是[问说指]){_MEANS}(?P<meant>.+?),?(?:而)?(?:不是|没问|不问)[^,]{{1,12}}$")
_SAID = re.compile(r"(?:我|俺)(?:[问说指]的(?:就)?是|是[问说指]|[要想]问的是|的?意思是)(?P<meant>.+)$")
#: "是58不是68"
_NOT_THE_OTHER = re.compile(r",?(?:而)?不是[^,]{1,8}$")
_INTRODUCTION = re.compile(rf"^{_MEANS}|^(?:就|应该)?是(?!不是|啥|什么|甚|谁|哪|几|否)")
_EDGES = " ,.?!;:、。~…"


def corrected(message: str) -> str | None:
    """What `message` means instead of what was said, as a piece of its normalised text; None if it corrects nothing."""
    text = normalize(message).strip(_EDGES)
    meant = _after_slip(text)
    if meant is None:
        match = _MEANT.match(text) or _INSTEAD.match(text) or _SAID.match(text)
        meant = match.group("meant") if match else ""
    else:
        meant = corrected(meant) or _NOT_THE_OTHER.sub("", meant)
    return _INTRODUCTION.sub("", meant).strip(_EDGES) or None


def _after_slip(text: str) -> str | None:
    """What follows words that take something back, if they stand apart or the sentence plainly begins anew."""
    match = _TAKES_BACK.match(text)
    if not match or match.end() == len(text):
        return None
    rest = text[match.end() :]
    return rest if match.group()[-1] in _EDGES or _GOES_ON.match(rest) else None
