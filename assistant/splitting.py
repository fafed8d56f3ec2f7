"""Splitting: the questions inside a message that holds more than one, or a story around one."""

from __future__ import annotations

import re

from assistant.normalize import normalize

_CLAUSE_ENDS = re.compile(r"[,.?!;:、。~…\n]|(?<=.)(?=还有就是|还有,|另外|顺便|再问|以及)")
#: Words that make a clause a question or a request; the list is of Mandarin and of Shanxi speech.
_ASKS = re.compile(
    r"吗|呢$|(?:么|嘛|不|没|没有)[啊呀呢哩了嘞]*$|是.+还是|几|多少|多大|多久|多长|多高|什么|甚|啥|谁|哪|怎|咋|为何|为什么|是否|可不可以|"
    r"(.)[不没]\1|还能|能否|可否|想问|请问|想知道|告诉我|说说|介绍|[何吧]$"
)
#: Question words that ask nothing: "谁也说不准", "不怎么上网", "几个老街坊".
_ASKS_NOTHING = re.compile(
    r"不怎么|没怎么|(?:谁|什么|甚|啥|怎么|咋|哪[里儿]?)[都也]|好几|没几|几个(?:老|朋友|同事|街坊|邻居)|不知怎么|多少有"
)
_LEAD = re.compile(r"^(?:还有就是|还有|另外|顺便问一下|顺便|再问一下|再问|以及|然后|请问一下|请问)")
#: A clause shorter than this cannot be classified on its own.
_SHORTEST = 2
#: More questions than this in one message are not read one by one.
MOST_QUESTIONS = 6


def questions_in(message: str) -> list[str]:
    """The clauses of `message` that ask something, in order, normalised; empty if it has a single clause.

    At most MOST_QUESTIONS are returned. Clauses without a question word are the story around the question.
    """
    clauses = [clause.strip() for clause in _CLAUSE_ENDS.split(normalize(message))]
    clauses = [clause for clause in clauses if len(clause) >= _SHORTEST]
    if len(clauses) < 2:
        return []
    asking = [_LEAD.sub("", clause) or clause for clause in clauses if _ASKS.search(_ASKS_NOTHING.sub("", clause))]
    return asking[:MOST_QUESTIONS]
