"""Noise: what is left of the content checks when messages are typed badly or oddly."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from opencc import OpenCC
from pypinyin import lazy_pinyin

from assistant import segmenter
from benchmarks.quality import plots
from benchmarks.quality.checks import Check
from benchmarks.quality.content import covered_checks, holds
from benchmarks.quality.figures import Figure, Part, share
from benchmarks.quality.respondent import Respondent

#: Changes a message, drawing from a generator of its own.
Change = Callable[[str, random.Random], str]
#: Styles of the checks that are disturbed: straight questions, so that what is lost is lost to the noise.
_STYLES = ("plain", "clipped", "spoken")
_CHINESE_WORD = re.compile("[一-鿿]{2,}")
_EMOJI = "😀🙏👍😭🤔❓"
_BEGINNING = (
    "您好，我是住在附近的一个老住户，平时也不怎么上网，今天中午吃完饭在小区门口跟几个老街坊坐着聊天，说着说着就说到这个事情上来了，"
    "大家七嘴八舌的谁也说不准，有人说是这样有人说是那样，我回家以后还是想弄个明白，孩子们上班都忙也顾不上问，"
)
_END = "，就想问清楚这一件事，麻烦您给说一说，知道了我也好跟街坊们讲一讲，谢谢您了，打扰了。"


def same_sound(bench: Path | None) -> dict[str, str]:
    """Characters by others of the same sound, from the folder of evaluation data; empty without it."""
    file = bench / "same_pinyin.txt" if bench else None
    if file is None or not file.is_file():
        return {}
    table = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if not line.startswith("#") and len(columns) > 1 and columns[1]:
            table[columns[0]] = columns[1]
    return table


def changes(sounds: Mapping[str, str]) -> dict[str, Change]:
    """Every kind of noise by its name."""
    traditional = OpenCC("s2t")
    kinds: dict[str, Change] = {
        "traditional": lambda text, _: str(traditional.convert(text)),
        "full_width": lambda text, _: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        "no_punctuation": lambda text, _: re.sub(r"[^\w]", "", text),
        "emoji": lambda text, draw: f"{draw.choice(_EMOJI)}{text}{draw.choice(_EMOJI) * 2}",
        "dropped_character": _dropped,
        "in_a_story": lambda text, _: _BEGINNING + text.rstrip("？?。") + _END,
        "pinyin": _in_pinyin,
        "mixed_pinyin": _partly_in_pinyin,
    }
    if sounds:
        kinds["one_typo"] = lambda text, draw: replaced(text, sounds, 1, draw)
        kinds["two_typos"] = lambda text, draw: replaced(text, sounds, 2, draw)
    return kinds


def replaced(text: str, sounds: Mapping[str, str], count: int, draw: random.Random) -> str:
    """`text` with `count` characters replaced by others of the same sound (fewer if fewer have any)."""
    places = [place for place, character in enumerate(text) if character in sounds]
    characters = list(text)
    for place in draw.sample(places, min(count, len(places))):
        characters[place] = draw.choice(sounds[text[place]])
    return "".join(characters)


def _dropped(text: str, draw: random.Random) -> str:
    places = [place for place, character in enumerate(text) if "一" <= character <= "鿿"]
    place = draw.choice(places)
    return text[:place] + text[place + 1 :]


def _in_pinyin(text: str, draw: random.Random) -> str:
    """The whole of `text` as it is typed without an input method: spaces between syllables, between words, or none."""
    within, between = draw.choice([(" ", " "), ("", " "), ("", "")])
    return between.join(within.join(lazy_pinyin(word)) for word in segmenter.cut(text) if word.strip())


def _partly_in_pinyin(text: str, draw: random.Random) -> str:
    """The most telling words of `text`, one or two, in pinyin: the longest, and of equally long ones the rarest."""
    words = [word for word in segmenter.cut(text) if _CHINESE_WORD.fullmatch(word)]
    telling = sorted(dict.fromkeys(words), key=lambda word: (-len(word), segmenter.commonness(word)))
    for word in telling[: draw.choice((1, 2))]:
        text = text.replace(word, "".join(lazy_pinyin(word)), 1)
    return text


def measure(respondent: Respondent, bench: Path | None = None) -> Part:
    """The share of checks that hold with each noise, among those that hold without it."""
    clean = [check for check in covered_checks() if check.style in _STYLES and holds(respondent, check)]
    sounds = same_sound(bench)
    figures, failures = [], []
    for name, change in changes(sounds).items():
        # Nobody puts bare keywords into a story.
        asked = [check for check in clean if name != "in_a_story" or check.style != "clipped"]
        outcomes = [_outcome(respondent, check, name, change) for check in asked]
        figures.append(share(f"noise.{name}", [passed for passed, _ in outcomes]))
        failures += [f"{name}: {message}" for passed, message in outcomes if not passed]
    return Part(
        "Noise",
        figures,
        {"Checks that still hold": plots.bars({_short(f): (f.value, f.low, f.high) for f in figures}, "share")},
        failures,
        [] if sounds else ["typos: not measured, no folder with same_pinyin.txt was given (BENCH=folder)"],
    )


def _outcome(respondent: Respondent, check: Check, name: str, change: Change) -> tuple[bool, str]:
    message = change(check.question, random.Random(f"{name} {check.question}"))
    return holds(respondent, check, message), message


def _short(figure: Figure) -> str:
    return figure.name.partition(".")[2]
