"""Vocabulary: the words that questions are made of, how often each is used, and after which other."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np

from assistant import segmenter
from assistant.lattice import START

#: How much the word before tells about a word; the rest is how common the word is.
_BY_PAIR = 0.4
#: How much of the rest words outside the vocabulary get, as common among them as in general Chinese.
_OUTSIDE = 0.2
#: The chance of a word that nobody knows.
_UNHEARD = 1e-8
#: What each letter of a Latin word costs, in nats. A single letter is no pinyin and costs nothing.
_LETTER = 2.5


class Vocabulary:
    """Chinese words with counts, and pairs of words that follow each other with theirs, in little memory."""

    def __init__(self, words: Sequence[str], counts: Sequence[int], pairs: Sequence[Sequence[int]]) -> None:
        """`pairs` are three columns, sorted: number of a word, number of the one after it, how often.

        A word's number is its place among `words`; the first is lattice.START, which stands before the first word.
        """
        self.words = list(words)
        self._numbers = {word: number for number, word in enumerate(self.words)}
        self._counts = array("l", counts)
        share = (1 - _BY_PAIR) * (1 - _OUTSIDE) / max(1, sum(counts[1:]))
        self._chances = array("d", (count * share for count in counts))
        before, after, together = pairs
        self._rows = array("l", np.searchsorted(before, np.arange(len(self.words) + 1)).tolist())
        self._after = array("l", after)
        self._together = array("l", together)

    @classmethod
    def of(cls, runs: Iterable[Sequence[str]], terms: Iterable[str] = ()) -> Vocabulary:
        """Count the words of `runs`, each some words without anything between them. `terms` count once more."""
        counts: Counter[str] = Counter(terms)
        follow: Counter[tuple[str, str]] = Counter()
        sentences = 0
        for run in runs:
            sentences += 1
            counts.update(run)
            follow.update(zip((START, *run), run, strict=False))
        words = [START, *sorted(counts, key=lambda word: (-counts[word], word))]
        numbers = {word: number for number, word in enumerate(words)}
        pairs = sorted((numbers[before], numbers[after], count) for (before, after), count in follow.items())
        columns = list(zip(*pairs, strict=True)) or [(), (), ()]
        return cls(words, [sentences, *(counts[word] for word in words[1:])], columns)

    def __contains__(self, word: str) -> bool:
        return word in self._numbers

    def alone(self, word: str) -> float:
        """How surprising `word` is by itself, in nats."""
        number = self._numbers.get(word)
        return _cost_outside(word) if number is None else -log(self._chances[number])

    def cost(self, before: str, word: str) -> float:
        """How surprising `word` is after the word `before`, in nats."""
        number = self._numbers.get(word)
        if number is None:
            return _cost_outside(word)
        chance = self._chances[number]
        row = self._numbers.get(before)
        if row is not None:
            end = self._rows[row + 1]
            place = bisect_left(self._after, number, self._rows[row], end)
            if place < end and self._after[place] == number:
                chance += _BY_PAIR * self._together[place] / self._counts[row]
        return -log(chance)

    def arrays(self) -> dict[str, np.ndarray]:
        """Everything, for a file."""
        before = np.repeat(np.arange(len(self.words)), np.diff(self._rows))
        columns = np.array([before, self._after, self._together], dtype=np.int32)
        return {"words": np.array(self.words), "counts": np.array(self._counts), "pairs": columns}

    @classmethod
    def from_arrays(cls, stored: Mapping[str, np.ndarray]) -> Vocabulary:
        """What `arrays` gave."""
        return cls(stored["words"].tolist(), stored["counts"].tolist(), stored["pairs"].tolist())


def _cost_outside(word: str) -> float:
    if word.isascii():
        return _LETTER * len(word) if len(word) > 1 else 0.0
    return -log((1 - _BY_PAIR) * max(_OUTSIDE * segmenter.commonness(word), _UNHEARD))
