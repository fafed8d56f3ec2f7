"""Rewriting: what was typed in pinyin, or with a character of the same sound, in the words of the knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from assistant import segmenter
from assistant.lattice import Arc, cheapest
from assistant.normalize import normalize
from assistant.sounds import Sounds
from assistant.vocabulary import Vocabulary

#: Characters of the longest word that is written for others; longer ones consist of words.
_LONGEST = 6
#: In nats: what each mistyped word costs, each of its characters that changes, and each sound that is only near.
_WORD, _CHARACTER, _NEAR = 6.0, 5.0, 2.0
#: In nats, too: so much at most can the words around speak for a word. Others are not looked at further.
_CONTEXT = 3.0
#: Single characters of one sound that are tried, the commonest.
_ALIKE = 6

_CHINESE = re.compile("[一-鿿]+")
_LETTER = re.compile("[a-zü]")
_LATIN = re.compile("[a-zü]{2}")
_TOKEN = re.compile("[一-鿿]+|[a-z]+(?:'[a-z]+)*")
#: Addresses, which are left alone, and stretches of Chinese and Latin words.
_STRETCH = re.compile(
    r"[\w.+-]+@[\w.-]+|(?:https?:|www\.)[!-~]+|[a-z0-9.-]+\.(?:com|cn|net|org|gov|edu|top|vip|xyz|cc|io|apk)\b[!-~]*"
    rf"|(?P<words>(?:{_TOKEN.pattern})(?: ?(?:{_TOKEN.pattern}))*)",
    re.ASCII,
)


class Rewriter:
    """Rewrites messages in words of a vocabulary. Chinese as it should be comes back as it is.

    A text is read as the words that are likeliest one after the other; a word that was not typed as it is written
    must be so much likelier than what was typed.
    """

    def __init__(self, vocabulary: Vocabulary, sounds: Sounds, readings: Mapping[str, Sequence[str]]) -> None:
        """`readings` are the syllables of the words that may be written for others, the commonest first."""
        segmenter.prepare()
        self._vocabulary = vocabulary
        self._sounds = sounds
        self._readings = {word: tuple(syllables) for word, syllables in readings.items()}
        #: Words by their sound; the beginning of a sound is there too, if only with no word.
        self._words: dict[str, tuple[str, ...]] = {}
        for word in self._readings:
            for sound in self._sounds_of(word):
                for end in range(1, len(sound)):
                    self._words.setdefault(sound[:end], ())
                alike = self._words.get(sound, ())
                if len(word) > 1 or len(alike) < _ALIKE:
                    self._words[sound] = (*alike, word)

    def _sounds_of(self, word: str) -> set[str]:
        """A word as it is read, and as its characters are read one by one."""
        apart = (self._sounds.readings[character] for character in word)
        return {self._sounds.joined(each) for each in product(*map(set, zip(self._readings[word], apart, strict=True)))}

    @classmethod
    def learnt(cls, texts: Iterable[str], terms: Iterable[str]) -> Rewriter:
        """A rewriter for those who ask like `texts` and about `terms`, all normalised. Needs pypinyin."""
        from pypinyin import lazy_pinyin  # Its tables take 60 MB: only where something is learnt.

        terms = [term for term in terms if _CHINESE.fullmatch(term)]
        segmenter.add(terms)
        vocabulary = Vocabulary.of((segmenter.cut(run) for text in texts for run in _CHINESE.findall(text)), terms)
        sounds = Sounds.common()
        short = [word for word in vocabulary.words if 0 < len(word) <= _LONGEST and sounds.readings.keys() >= set(word)]
        readings = {word: lazy_pinyin(word) if len(word) > 1 else [sounds.readings[word]] for word in short}
        return cls(vocabulary, sounds, {w: each for w, each in readings.items() if sounds.syllables.issuperset(each)})

    def rewritten(self, text: str) -> str:
        """The normalised `text` with pinyin and mistyped words replaced; normalised as well.

        Latin words stay if fewer than half of all Latin letters can be read: then the message is not in pinyin.
        """
        if _LATIN.search(text):
            spelled = _STRETCH.sub(self._stretch, text.replace("ü", "v"))
            if 2 * len(_LETTER.findall(spelled)) < len(_LETTER.findall(text)):
                return normalize(spelled)
        return _CHINESE.sub(lambda run: self._corrected(run[0]), text)

    def _corrected(self, run: str) -> str:
        """Chinese characters without anything between them, the mistyped words among them replaced."""
        mistyped = self._mistyped(run)
        if not mistyped:
            return run
        arcs = [[*self._as_typed(run, place), *mistyped.get(place, ())] for place in range(len(run))]
        return "".join(cheapest(arcs, self._vocabulary.cost))

    def _stretch(self, match: re.Match[str]) -> str:
        """Chinese and Latin words, with what is pinyin replaced too. An address stays."""
        if match["words"] is None:
            return match[0]
        text, latin, stops = "", [], []
        for token in _TOKEN.findall(match["words"]):
            start = len(text)
            for part in token.split("'"):
                text += part
                stops += [len(text)] * len(part)
            if token.isascii():
                latin.append((start, Arc(len(text), token)))
        if not latin:
            return self._corrected(text)
        mistyped = self._mistyped(text)
        arcs = [
            [*self._as_typed(text, place), *mistyped.get(place, ()), *self._spoken(text, place, stops)]
            for place in range(len(text))
        ]
        for start, arc in latin:
            arcs[start].append(arc)
        words = cheapest(arcs, self._vocabulary.cost)
        spaces = ("", *(" " if a.isascii() and b.isascii() else "" for a, b in pairwise(words)))
        return "".join(space + word for space, word in zip(spaces, words, strict=True))

    def _mistyped(self, text: str) -> dict[int, list[Arc]]:
        """By their beginning, words in the place of characters that are none but sound like them."""
        sound = self._sounds.of(text)
        arcs: dict[int, list[Arc]] = {}
        for start in range(len(text) - 1):
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                words = self._words.get(sound[start:end])
                if words is None:
                    break
                typed = text[start:end]
                if words and end > start + 1 and not self._known(typed):
                    found = [Arc(end, word, price) for word, price in self._priced(typed, words)]
                    if found:
                        arcs.setdefault(start, []).extend(found)
        return arcs

    def _priced(self, typed: str, words: Iterable[str]) -> Iterator[tuple[str, float]]:
        """Those of `words` that may well be meant by `typed`, at least half of which they keep, with their prices."""
        most = _CONTEXT + sum(map(self._vocabulary.alone, typed))
        for word in words:
            changed = [(old, r) for old, new, r in zip(typed, word, self._readings[word], strict=True) if old != new]
            near = sum(self._sounds.readings[old] != reading for old, reading in changed)
            price = _WORD + _CHARACTER * len(changed) + _NEAR * near
            if 2 * len(changed) <= len(typed) and price + self._vocabulary.alone(word) < most:
                yield word, price

    def _known(self, word: str) -> bool:
        return word in self._vocabulary or segmenter.commonness(word) > 0

    def _as_typed(self, text: str, start: int) -> Iterator[Arc]:
        """The Chinese character at `start`, and the words that begin with it."""
        if text[start].isascii():
            return
        yield Arc(start + 1, text[start])
        for end in range(start + 2, min(len(text), start + 2 * _LONGEST) + 1):
            if self._known(text[start:end]):
                yield Arc(end, text[start:end])

    def _spoken(self, text: str, start: int, stops: Sequence[int]) -> Iterator[Arc]:
        """Words that begin at `start` and are in pinyin, at least in part; no syllable goes beyond its place's stop."""
        waiting: list[tuple[int, str, tuple[str, ...]]] = [(start, "", ())]
        while waiting:
            place, sound, units = waiting.pop()
            for word in self._words.get(sound, ()):
                price = self._price_of_pinyin(units, word)
                if price is not None:
                    yield Arc(place, word, price)
            for unit in self._units(text, place, stops):
                longer = sound + self._sounds.sound(unit)
                if longer in self._words:
                    waiting.append((place + len(unit), longer, (*units, unit)))

    def _units(self, text: str, place: int, stops: Sequence[int]) -> Iterable[str]:
        """The character at `place`, or the syllables that begin there."""
        if place == len(text):
            return ()
        if text[place].isascii():
            return self._sounds.starting(text[: stops[place]], place)
        return text[place]

    def _price_of_pinyin(self, units: Sequence[str], word: str) -> float | None:
        """What it costs to take `units` for `word`; None if a character is another, or if all is characters."""
        syllables = near = 0
        for unit, character, reading in zip(units, word, self._readings[word], strict=True):
            if unit.isascii():
                syllables += 1
                near += unit != reading
            elif unit != character:
                return None
        return _NEAR * near if syllables else None

    def save(self, file: Path) -> None:
        """Keep everything in a file of arrays (npz)."""
        np.savez(
            file,
            characters=np.array(list(self._sounds.readings)),
            sounds=np.array(list(self._sounds.readings.values())),
            read=np.array(list(self._readings)),
            readings=np.array([" ".join(syllables) for syllables in self._readings.values()]),
            **self._vocabulary.arrays(),
        )

    @classmethod
    def load(cls, file: Path) -> Rewriter:
        """Read what `save` wrote. Arrays only: a model file never runs code."""
        with np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        sounds = Sounds(dict(zip(arrays["characters"].tolist(), arrays["sounds"].tolist(), strict=True)))
        readings = zip(arrays["read"].tolist(), arrays["readings"].tolist(), strict=True)
        return cls(Vocabulary.from_arrays(arrays), sounds, {word: each.split() for word, each in readings})
