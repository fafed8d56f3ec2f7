"""Segmenter: jieba's dictionary of Chinese words, joined by the knowledge's own terms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import jieba

from assistant.settings import get_settings

#: Words of the knowledge weigh so much that they are kept whole.
_WORD_FREQUENCY = 100_000
#: Words younger than jieba's dictionary that sound like words of public services.
_YOUNGER = ("官网", "体验馆")


@lru_cache(maxsize=1)
def prepare() -> None:
    """Load jieba's dictionary, with its cache in a folder of our own.

    The cache is a code object. Where jieba would keep it, under a well-known name in the shared temporary folder,
    anybody could plant one.
    """
    jieba.setLogLevel("WARNING")
    if not jieba.dt.initialized:
        folder = get_settings().var_folder
        folder.mkdir(parents=True, exist_ok=True)
        jieba.dt.tmp_dir = str(folder)
        jieba.initialize()
    for word in _YOUNGER:
        jieba.add_word(word)


def add(words: Iterable[str]) -> None:
    """Have `words` cut as one from now on."""
    prepare()
    for word in words:
        jieba.add_word(word, freq=_WORD_FREQUENCY)


def cut(text: str) -> list[str]:
    """The words of `text` in order. What is in no dictionary is cut into single characters: no word is guessed."""
    prepare()
    return list(jieba.cut(text, HMM=False))


def commonness(word: str) -> float:
    """The share of `word` among the words of general Chinese; 0 if it is none. Only after `prepare`."""
    return float((jieba.dt.FREQ.get(word) or 0) / jieba.dt.total)
