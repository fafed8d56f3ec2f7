"""Sounds: how Chinese sounds, without tones; what many in Shanxi or in the south do not keep apart is one sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

#: Letters of the longest syllable (zhuang).
_LONGEST = 6
#: Sounds are characters from here on, so that the sound of a text is a text as well, as long as it.
_FIRST = 0xE000
#: zh, ch, sh like z, c, s; ang, eng, ing like an, en, in. iang and uang are heard as different from ian and uan.
_RETROFLEX = re.compile(r"(?<=^[zcs])h")
_BACK_NASAL = re.compile(r"(?<=n)g$")
_KEPT_APART = re.compile(r"(?:[iuyw]a|o)ng$")

#: Read otherwise than pypinyin reads them by themselves: 长 asks how long, and 嗯 is typed with a vowel.
_OTHERWISE = {"长": "chang", "嗯": "en"}


class Sounds:
    """Readings of characters, and texts as sequences of sounds."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        """`readings` is the usual syllable of each character, in lower case, v for ü, without tones."""
        self.readings = dict(readings)
        self.syllables = frozenset(self.readings.values())
        sounds = sorted({_folded(syllable) for syllable in self.syllables})
        numbers = {sound: chr(_FIRST + number) for number, sound in enumerate(sounds)}
        self._sounds = {syllable: numbers[_folded(syllable)] for syllable in self.syllables}
        self._table = {ord(character): self._sounds[reading] for character, reading in self.readings.items()}

    @classmethod
    def common(cls) -> Sounds:
        """The characters of GB 2312, the 6,763 that are in use. Needs pypinyin."""
        from pypinyin import lazy_pinyin  # Its tables take tens of megabytes: only where something is learnt.

        characters = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
        known = "".join(each.decode("gb2312", errors="ignore") for each in characters)
        return cls({character: lazy_pinyin(character)[0] for character in known} | _OTHERWISE)

    def of(self, text: str) -> str:
        """One sound for each character of `text`; a character without a reading stays itself."""
        return text.translate(self._table)

    def sound(self, unit: str) -> str:
        """The sound of a syllable, or of a character."""
        return self._sounds.get(unit) or self.of(unit)

    def joined(self, syllables: Sequence[str]) -> str:
        """The sounds of `syllables`. Raises KeyError for what is none."""
        return "".join(self._sounds[syllable] for syllable in syllables)

    def starting(self, text: str, place: int) -> Iterator[str]:
        """The syllables that begin at `place` of `text`, shortest first."""
        for end in range(place + 1, min(len(text), place + _LONGEST) + 1):
            if text[place:end] in self.syllables:
                yield text[place:end]


def _folded(syllable: str) -> str:
    syllable = _RETROFLEX.sub("", syllable)
    return syllable if _KEPT_APART.search(syllable) else _BACK_NASAL.sub("", syllable)
