"""Understanding: what the models made of a message, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: The intent that the coverage guard puts first when no intent is sure enough.
FALLBACK_INTENT = "nlu_fallback"
#: Intents of questions the assistant was taught to refuse begin so.
NOT_COVERED_PREFIX = "not_covered_"


@dataclass(frozen=True)
class Candidate:
    """A possible intent (an entry's id or a base intent) and its calibrated confidence."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Entity:
    """A word that the knowledge knows: of which kind (region, programme, …), and the name that it stands for."""

    kind: str
    text: str
    name: str


@dataclass(frozen=True)
class Understanding:
    """One question as the classifier sees it; `parts` are the questions inside it, if it holds several.

    `intent` is FALLBACK_INTENT when nothing is sure. `candidates` are best first, without the fallback. `entities` and
    `tokens` decide nothing; the tokens are empty where the parse left them out.
    """

    text: str
    intent: str
    candidates: tuple[Candidate, ...] = ()
    coverage: float = 0.0
    urgency: float = 0.0
    parts: tuple[Understanding, ...] = ()
    entities: tuple[Entity, ...] = ()
    tokens: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        return self.intent != FALLBACK_INTENT

    @property
    def confidence(self) -> float:
        return self.candidates[0].confidence if self.candidates else 0.0

    @classmethod
    def from_parse(cls, parse: Mapping[str, Any]) -> Understanding:
        """Read Rasa's parse of a message (`tracker.latest_message`), with or without our own `questions`."""
        ranking = parse.get("intent_ranking") or []
        text = parse.get("text") or ""
        return cls(
            text=text,
            intent=(parse.get("intent") or {}).get("name") or FALLBACK_INTENT,
            candidates=tuple(
                Candidate(item["name"], float(item["confidence"]))
                for item in ranking
                if item["name"] != FALLBACK_INTENT
            ),
            coverage=float(parse.get("coverage") or 0.0),
            urgency=float(parse.get("urgency") or 0.0),
            parts=tuple(cls.from_parse(part) for part in parse.get("questions") or ()),
            entities=tuple(
                Entity(item["entity"], text[item.get("start") : item.get("end")], str(item["value"]))
                for item in parse.get("entities") or ()
            ),
            tokens=tuple(text[start:end] for start, end in parse.get("text_tokens") or ()),
        )
