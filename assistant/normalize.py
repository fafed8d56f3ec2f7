"""Normalising: one spelling for what people type in many (width, case, script, spaces, emoji)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
#: White space between two Chinese characters carries no meaning; between Latin words it does.
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{_HAN},.?!;:、。]) +| +(?=[{_HAN},.?!;:、。])")
_SPACES = re.compile(r"\s+")
_REPEATED = re.compile(r"([,.?!;:、。~…])[,.?!;:、。~…]*")
#: One rule's result can be another's input (薴 becomes 苎 in two steps), so the rules run until nothing changes.
_PASSES = 4
#: Punctuation and symbols that a question may begin or end with and that add nothing.
_EDGES = " ,.?!;:、。~…-—_*#@/\\|\"'“”‘’()（）[]【】<>《》"


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=8192)
def _keep(char: str) -> bool:
    """Drop emoji, control and formatting characters; keep letters, digits, marks and punctuation."""
    category = unicodedata.category(char)
    return category[0] not in "CS" or char in "+<>=~%℃$|"


@lru_cache(maxsize=1024)  # Every part of understanding and answering asks for the same message.
def normalize(text: str) -> str:
    """`text` in the spelling that the models are trained on.

    NFKC (full width to half width), lower case, simplified characters, no emoji or control
    characters, single spaces and none beside Chinese characters, one of repeated punctuation.
    Idempotent. The result can be empty.
    """
    for _ in range(_PASSES):
        once = _pass(text)
        if once == text:
            break
        text = once
    return text


def _pass(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = _SPACES.sub(" ", text)
    text = "".join(char for char in text if _keep(char))
    text = unicodedata.normalize("NFKC", _simplifier().convert(text).lower())
    text = _REPEATED.sub(r"\1", text)
    return _SPACE_BESIDE_HAN.sub("", _SPACES.sub(" ", text)).strip()


def bare(text: str) -> str:
    """The normalised `text` without punctuation at its ends: what is compared and classified."""
    return normalize(text).strip(_EDGES)
