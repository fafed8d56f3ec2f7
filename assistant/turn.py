"""Turn: one question under way in a conversation, what the conversation remembers, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.composing import Composer
from assistant.knowledge import Entry, Knowledge
from assistant.reply import Reply
from assistant.search import Search
from assistant.thresholds import Thresholds
from assistant.triage import Triage
from assistant.understanding import Understanding


@dataclass(frozen=True)
class Context:
    """What a conversation remembers: the county, the last answered entry, the readings last offered."""

    region: str | None = None
    entry: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Replies to one message and what the conversation remembers after it."""

    replies: tuple[Reply, ...]
    context: Context


@dataclass(frozen=True)
class Turn:
    """One question under way: what was understood, what is remembered, and the means to answer."""

    understanding: Understanding
    context: Context
    composer: Composer
    search: Search
    thresholds: Thresholds
    triage: Triage
    places: tuple[str, ...] = ()
    #: Whether it corrects what was said before: then it speaks of the same thing.
    corrects: bool = False

    @property
    def knowledge(self) -> Knowledge:
        return self.composer.knowledge

    @property
    def text(self) -> str:
        return self.understanding.text

    @property
    def topic(self) -> str | None:
        """The topic of the conversation, from the entry answered last."""
        entry = self.knowledge.get(self.context.entry)
        return entry.topic if entry else None

    @property
    def ranked(self) -> list[tuple[Entry | None, float]]:
        """The likeliest intents' entries (None where an intent has none) and confidences, best first."""
        return [(self.knowledge.get(c.intent), c.confidence) for c in self.understanding.candidates]

    def answer(self, entry: Entry, confidence: float | None = None) -> Reply:
        """The entry as a reply; asks for the county first if the answer depends on it and it is not known."""
        regions = self.knowledge.regions
        places = self.places or ((self.context.region,) if self.context.region else ())
        if entry.region_field and not any(regions.get(p) or regions.is_elsewhere(p) for p in places):
            return self.composer.ask_region(entry)
        return self.composer.answer(entry, self.places if not entry.region_field else places, confidence)
