"""Watching: what a step looks at while it decides, noted as it happens.

The steps themselves run, on a turn whose thresholds, triage and search note what is asked of them. So what is told as
the reason of a decision is what was really compared, and never a second account of their conditions.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from assistant.answering import Turn
from assistant.search import Hit, Search
from assistant.thresholds import Thresholds
from assistant.triage import Triage

#: What a step may look at beside thresholds: signs of an emergency, the nearest entry that search finds, and the
#: nearest example of what is not covered.
SIGNS, FOUND, REFUSED = "signs", "found", "refused"


@dataclass(frozen=True)
class Look:
    """One thing that was looked at: a threshold by its name, or SIGNS, FOUND, REFUSED.

    `value` is a number that was compared with the threshold `limit`, or the score of what search found. `entry` was
    found; `words` are what was found in the message, or what was searched for.
    """

    what: str
    value: float | None = None
    limit: float | None = None
    entry: str | None = None
    words: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        value = None if self.value is None else round(self.value, 4)
        return {"what": self.what, "value": value, "limit": self.limit, "entry": self.entry, "words": list(self.words)}


def watched(turn: Turn, looks: list[Look]) -> Turn:
    """`turn` as it is, but adding to `looks` what is compared with its thresholds and asked of triage and search."""
    thresholds = {
        item.name: _Threshold(getattr(turn.thresholds, item.name), item.name, looks) for item in fields(Thresholds)
    }
    return replace(
        turn,
        thresholds=Thresholds(**thresholds),
        triage=_Triage(turn.triage, looks),
        search=_Search(turn.search, looks),
    )


class _Threshold(float):
    """A threshold that notes what is compared with it."""

    def __new__(cls, value: float, name: str, looks: list[Look]) -> _Threshold:
        return super().__new__(cls, value)

    def __init__(self, value: float, name: str, looks: list[Look]) -> None:
        self._name, self._looks = name, looks

    def _note(self, other: float) -> None:
        self._looks.append(Look(self._name, float(other), float(self)))

    # `value < threshold` comes here too, as `threshold > value`: a subclass is asked before the class.
    def __lt__(self, other: float) -> bool:
        self._note(other)
        return super().__lt__(other)

    def __le__(self, other: float) -> bool:
        self._note(other)
        return super().__le__(other)

    def __gt__(self, other: float) -> bool:
        self._note(other)
        return super().__gt__(other)

    def __ge__(self, other: float) -> bool:
        self._note(other)
        return super().__ge__(other)


class _Triage(Triage):
    """A triage that notes what it finds."""

    def __init__(self, triage: Triage, looks: list[Look]) -> None:
        vars(self).update(vars(triage))
        self._looks = looks

    def match(self, message: str) -> str | None:
        found = self.signs(message)
        self._looks.append(Look(SIGNS, entry=found.entry, words=found.words) if found else Look(SIGNS))
        return super().match(message)


class _Search(Search):
    """A search that notes the best that it finds."""

    def __init__(self, search: Search, looks: list[Look]) -> None:
        vars(self).update(vars(search))
        self._looks = looks

    def find(self, query: str, region: str | None = None, topic: str | None = None, limit: int = 10) -> list[Hit]:
        hits = super().find(query, region, topic, limit)
        found = Look(FOUND, words=(query,))
        self._looks.append(replace(found, value=hits[0].score, entry=hits[0].entry.id) if hits else found)
        return hits

    def refusal(self, query: str) -> float:
        score = super().refusal(query)
        self._looks.append(Look(REFUSED, score))
        return score
