"""Eligibility: reading a record from what people say, and the verdict on age and record for inspectors.

The conditions are those of the notice: no bad credit record, no criminal record, and an age "generally" over 25 and
under 60. The edge years themselves, and any exception, are for the organiser to decide.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from assistant.ages import Age, read_age, refuses
from assistant.corrections import corrected
from assistant.normalize import normalize

YOUNGEST, OLDEST = 25, 60

Record = Literal["clean", "blemished", "undisclosed"]
Verdict = Literal["yes", "no", "ask"]

_UNKNOWN = re.compile(r"不清楚|弄不清|搞不清|不知道|没查过|记不清|说不准|不好说|不确定")
_BAD = re.compile(
    r"前科|案底|犯罪|犯过?[罪事法]|违过?法|违法|不良|污点|坐过?.{0,3}[牢狱监]|判过|判了|被判|缓刑|蹲过|失信|老赖|黑名单|进去过|"
    r"拘留|逾期|被处罚|劳改|[酒醉]驾|信用问题|(?:征信|信用)(?:记录)?(?:不好|不行|有|黑|花|差)|"
    r"欠.{0,6}(?:没还|不还|还不上)|没还上|呆账"
)
#: What denies a mention that follows in the same clause, or that went before it.
_DENIES_BEFORE = re.compile(r"(?<!有)(?:没|莫有|木有|无|未|不是|不曾|从不)[^,，。;；!?]{0,10}$")
_DENIES_AFTER = re.compile(r"^(?:记录|的事|这些)?(?:[也都更]|从来)*(?:没有|没得|莫有|没(?![犯坐违判进酒逾拘失欠])|无)")
_CLEAN = re.compile(
    r"遵纪守法|清白|干净|良好|(?:征信|信用)(?:记录)?(?:也|很|挺|都)?好|老实人|守法|都没(?:有|犯|做)|记录(?:也|都)?(?:没有|无)|"
    r"(?:没有?|无)(?:任何|什么|啥|甚|这些|不好的)?(?:问题|毛病|记录)"
)
_WHO = (
    r"(?:[我俺咱他她您]们?|[爸妈爹娘爷奶哥姐弟妹]|老伴|媳妇|老公|老婆|对象|本人|自己|两[样个种]|"
    r"[这那](?:些个?|个|种|两样)(?:事|问题|记录)?)*"
)
_PLAIN_NO = re.compile(
    rf"{_WHO}(?:呃|嗯|都|从来|肯定|当然|绝对|真|应该|好像|以前|一点|一样|啥也|甚也|[,， ])*"
    r"(?:没有?过?|无|不是|不存在|没得|木有|莫有|莫|否|没啦|没那回?事|没[啥甚]|没问题|绝无|好着|[挺很都]好|啥也|甚也|的|"
    rf"[,， ])+{_WHO}"
)
_PLAIN_YES = re.compile(
    r"(?:是的?|对|嗯|[,， ])+|(?:是的?|对|嗯|确实|曾经|以前|倒是|好像|应该|[,， ])*有"
    r"(?:过|一点点?|点|一些|些|[一两几]?[次回个]|的|[,， ])*(?:[,，].*)?"
)
#: Who doubts the verdict corrects nothing: "不对，凭啥60不行".
_DOUBTS = re.compile(r"吗|么$|凭|为什么|为啥|怎么|咋|多少|几|[行能]不")
#: Who adds something corrects as well: "哦想起来了，早年被判过".
_ADDS = re.compile(r"想起来|忘了?说|差点忘|其实|补充")
#: "那我妈呢，她62", "换我爸呢".
_SOMEBODY_ELSE = re.compile(
    r"^(?:那么?|换成?|要是|如果|还有)+(?:[我俺]们?)?(?:家)?.{0,2}(?:[爸妈爹娘爷奶哥姐弟妹叔姨舅姑]|老伴|媳妇|老公|老婆|对象|爱人|丈夫|妻子|儿子|闺女|女儿|朋友|同事|邻居|孩子)"
)


@dataclass(frozen=True)
class Assessment:
    """The verdict and the names of its reasons, in the order to tell them (see domain.yml)."""

    verdict: Verdict
    reasons: tuple[str, ...]


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
    if refuses(text) or _UNKNOWN.search(text):
        return "undisclosed"
    plain = text.strip(" ,.?!;:、。的了呀啊哦呢嘛吧嘞咧哩哇啦")
    if _PLAIN_NO.fullmatch(plain):
        return "clean"
    if _PLAIN_YES.fullmatch(plain):
        return "blemished"
    return None


def revised(age: Age, record: Record, message: str, today: dt.date) -> tuple[Age, Record] | None:
    """Age and record as `message` corrects them after the verdict; None if it corrects neither."""
    meant = corrected(message) or (message if _ADDS.search(message) else None)
    if meant is None or _DOUBTS.search(meant):
        return None
    new_age, new_record = read_age(message, today, asked=False), read_record(meant, asked=True)
    if new_age is None and new_record in (None, "undisclosed"):
        return None
    return new_age or age, record if new_record in (None, "undisclosed") else new_record


def of_somebody_else(message: str) -> bool:
    """Whether `message`, after a verdict, asks the same for another person."""
    return bool(_SOMEBODY_ELSE.search(normalize(message)))


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
