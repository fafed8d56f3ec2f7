"""Familiarity: how much of a question is made of the words of a subject, or of one entry of it.

A question that leans on what was talked about ("那年龄呢") says too little to be classified, but little of what it says
is strange to the subject. A question that has left the subject ("公积金咋提") is made of other words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.knowledge import Topic
from assistant.normalize import bare

#: Question words that ask the same, in Mandarin and in Shanxi speech, in one spelling for all.
_SAME = {
    **dict.fromkeys(("什么时候", "啥时候", "甚时候", "甚会儿", "多会儿", "多会"), "几时"),
    **dict.fromkeys(("哪哒", "哪儿", "哪里"), "哪"),
    **dict.fromkeys(("怎么", "怎样", "如何"), "咋"),
    **dict.fromkeys(("什么", "甚"), "啥"),
    **dict.fromkeys(("嘞", "咧", "哩"), ""),
    "搁": "在",
}
_ASKS_THE_SAME = re.compile("|".join(_SAME))


class Familiarity:
    """The pairs of neighbouring characters that the questions and the answers of topics and entries are made of."""

    def __init__(self, topics: Iterable[Topic], texts: Mapping[str, Iterable[str]]) -> None:
        """`texts` holds each entry's questions and answer, normalised."""
        self._of_entry: dict[str, set[str]] = {}
        counted: Counter[str] = Counter()
        total = 0
        for entry, lines in texts.items():
            pairs = [_pairs(line) for line in lines]
            total += len(pairs)
            self._of_entry[entry] = set().union(*pairs)
            counted.update(pair for each in pairs for pair in each)
        self._of_topic = {
            topic.id: set().union(*(self._of_entry[entry.id] for entry in topic.entries)) for topic in topics
        }
        self._rarest = math.log(total + 1)
        self._weights = {pair: self._rarest - math.log(count + 1) for pair, count in counted.items()}

    def with_topic(self, question: str, topic: str) -> float:
        """The share of `question` that the topic's texts hold, rare pairs counting most; 0 if it says nothing."""
        return self._share(question, self._of_topic[topic])

    def with_entry(self, question: str, entry: str) -> float:
        """The share of `question` that the entry's texts hold."""
        return self._share(question, self._of_entry[entry])

    def _share(self, question: str, known: set[str]) -> float:
        weights = {pair: self._weights.get(pair, self._rarest) for pair in _pairs(bare(question))}
        whole = sum(weights.values())
        return sum(weight for pair, weight in weights.items() if pair in known) / whole if whole else 0.0


def _pairs(text: str) -> set[str]:
    """Neighbouring characters, across no punctuation, question words in one spelling."""
    text = _ASKS_THE_SAME.sub(lambda match: _SAME[match.group()], text)
    return {pair for start in range(len(text) - 1) if (pair := text[start : start + 2]).isalnum()}
