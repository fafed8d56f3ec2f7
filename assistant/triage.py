"""Triage: messages about an emergency that is happening, found by their words alone: for when Rasa is down.

The signals are data (data/urgent.yml), so that those who know the emergencies can read and change them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.normalize import bare


@dataclass(frozen=True)
class Signal:
    """An emergency's signs: an alternative matches when each of its patterns is in the message."""

    entry: str
    alternatives: tuple[tuple[re.Pattern[str], ...], ...]


@dataclass(frozen=True)
class Signs:
    """An urgent entry and the words of a message that call for it."""

    entry: str
    words: tuple[str, ...]


class Triage:
    """Finds the urgent entry that a message calls for."""

    def __init__(self, signals: Sequence[Signal], calm: re.Pattern[str]) -> None:
        self._signals = tuple(signals)
        self._calm = calm

    @classmethod
    def load(cls, file: Path) -> Triage:
        """Read data/urgent.yml. Raises re.error for a pattern that cannot be compiled."""
        return cls.from_dict(YAML(typ="safe").load(file.read_text(encoding="utf-8")))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Triage:
        words: Mapping[str, str] = data["words"]

        def expand(pattern: str) -> re.Pattern[str]:
            return re.compile(re.sub(r"\{(\w+)\}", lambda match: f"(?:{words[match.group(1)]})", pattern))

        signals = [
            Signal(item["entry"], tuple(tuple(expand(p) for p in alternative) for alternative in item["any"]))
            for item in data["signals"]
        ]
        return cls(signals, expand("|".join(data["calm"]) or "(?!)"))

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that signals point to."""
        return tuple(dict.fromkeys(signal.entry for signal in self._signals))

    def match(self, message: str) -> str | None:
        """The id of the first urgent entry whose signals are in `message`, or None."""
        found = self.signs(message)
        return found.entry if found else None

    def signs(self, message: str) -> Signs | None:
        """The first urgent entry whose signals are in `message`, with the words that are its signals, or None.

        None as well for who asks for advice or tells of the past or of strangers: nothing is happening now.
        """
        text = bare(message)
        if self._calm.search(text):
            return None
        for signal in self._signals:
            for alternative in signal.alternatives:
                if all(pattern.search(text) for pattern in alternative):
                    found = [pattern.search(text) for pattern in alternative]
                    return Signs(signal.entry, tuple(match.group() for match in found if match))
        return None
