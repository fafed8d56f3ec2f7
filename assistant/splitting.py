"""Splitting: the questions inside a message that holds more than one, a story around one, or a correction."""

from __future__ import annotations

import re

from assistant.corrections import corrected
from assistant.normalize import bare, normalize

_CLAUSE_ENDS = re.compile(r"[,.?!;:、。~…\n]|(?<=.)(?=还有就是|还有,|另外|顺便|再问|以及)")
#: Words that make a clause a question or a request; the list is of Mandarin and of Shanxi speech.
_ASKS = re.compile(
    r"吗|呢$|(?:么|嘛|不|没|没有)[啊呀呢哩了嘞]*$|是.+还是|几|多少|多[大久长高会]|什么|甚|啥|谁|哪|怎|咋|为何|为什么|是否|可不可以|"
    r"(.)[不没]\1|还能|能否|可否|想问|请问|想知道|告诉我|说说|介绍|[何吧]$"
)
#: Question words that ask nothing: "谁也说不准", "不怎么上网", "几个老街坊".
_ASKS_NOTHING = re.compile(
    r"不怎么|没怎么|(?:谁|什么|甚|啥|怎么|咋|哪[里儿]?)[都也]|好几|没几|几个(?:老|朋友|同事|街坊|邻居)|不知怎么|多少有|"
    r"(?:能不能|可不可以|谁能|能否)(?=告诉|说|讲|介绍|查|帮)|有没有(?=[写说讲提公])"
)
#: Names what the next question is about: "那体验官呢，啥时候到期".
_NAMES = re.compile(r"那(?!.*(?:几|多少|什么|啥|甚|谁|哪|怎|咋)).{1,8}呢")
_LEAD = re.compile(r"^(?:还有就是|还有|另外|顺便问一下|顺便|再问一下|再问|以及|然后|请问一下|请问)")
#: Where a second question follows the first without a pause: "多大岁数能当怎么报名", "咋提意见啊能匿名不".
_ANEW = re.compile(
    r"(?<=[吗呢呀啊嘞哩])(?=.{2})|(?<=[啥几少哪么甚]了)(?=.{2})|"
    r"(?<=[^不没])(?=怎么|怎样|咋|如何|[在去上]哪(?![一些个])|什么时候|什么时间|[啥甚]时候|甚会儿|多会儿|几时|为什么|为啥|"
    r"有没有(?![写说讲提公])|能不能|可不可以|用不用|需不需要|(?P<verb>[要收给交算让])不(?P=verb)|有多[大高长久重])|"
    r"(?<=[的啊])(?=哪些|哪个|哪天|几[个点号]|谁|有多少|有几)"
)
#: What does not end a first question: "谁知道怎么报名", "是在哪里", "收不收怎么种地的点子".
_UNFINISHED = re.compile(
    r"(?:知道|晓得|清楚|明白|告诉|告给|打听|说说|讲讲|看看|问问|查查|请问|想问|问一下|说一下|[是有能要到和跟或由从在按得个])[我俺下了]*$|"
    r"(.)[不没]\1$|还是$"
)
_QUESTION_WORDS = re.compile(
    r"几(?![年天十])|多少|多[大久长高会]|什么|甚|啥|谁|哪|怎|咋|如何|为何|吗|(?!是不是|写没写)(.)[不没]\1"
)
#: A clause shorter than this cannot be classified on its own.
_SHORTEST = 2
#: In a message shorter than this a single question is not told from what is around it: as a whole it is read as well.
_SHORT = 22
#: More questions than this in one message are not read one by one.
MOST_QUESTIONS = 6


def questions_in(message: str) -> list[str]:
    """The clauses of `message` that ask something, in order, normalised; empty if it has a single clause.

    At most MOST_QUESTIONS are returned. Clauses without a question word are the story around the question; around a
    single one it must be long enough to hide it. Of a correction, only what is meant instead is returned.
    """
    if meant := corrected(message):
        return [meant]
    clauses = [piece for clause in _CLAUSE_ENDS.split(normalize(_paused(message))) for piece in _run_on(clause.strip())]
    clauses = [clause for clause in clauses if len(clause) >= _SHORTEST]
    if len(clauses) < 2:
        return []
    *first, last = clauses
    asking = [*(clause for clause in first if not _NAMES.fullmatch(clause)), last]
    found = [_without_lead(clause) for clause in asking if _asks(clause)]
    return [] if len(found) == 1 and len(bare(message)) < _SHORT else found[:MOST_QUESTIONS]


def _asks(clause: str) -> bool:
    return bool(_ASKS.search(_ASKS_NOTHING.sub("", clause)))


def _without_lead(clause: str) -> str:
    rest = _LEAD.sub("", clause)
    return rest if len(rest) >= _SHORTEST else clause


def _paused(message: str) -> str:
    """`message` with a comma for white space where that stands between two questions; else it carries no meaning."""
    pieces = message.split()
    return ",".join(pieces) if sum(map(_asks, map(normalize, pieces))) > 1 else message


def _run_on(clause: str) -> list[str]:
    """The questions of a clause in which nothing but a new question word parts them."""
    pieces, begun = [], 0
    heard = _ASKS_NOTHING.sub(lambda words: "—" * len(words.group()), clause)
    for match in _ANEW.finditer(heard):
        before, after = heard[begun : match.start()], heard[match.start() :]
        stutters = before.endswith((after[:2], after[:3]))
        if stutters or _UNFINISHED.search(before):
            continue
        if _QUESTION_WORDS.search(before) and _asks(after):
            pieces.append(clause[begun : match.start()])
            begun = match.start()
    return [*pieces, clause[begun:]]
