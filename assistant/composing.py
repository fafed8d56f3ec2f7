"""Composing: a reply from an entry, with its validity, region, source and contacts put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from assistant.knowledge import Contact, Entry, Knowledge
from assistant.reply import Reply, Suggestion
from assistant.validity import Validity, chinese_date
from assistant.wording import Wording

#: Related entries shown below an answer.
_MOST_SUGGESTIONS = 3


class Composer:
    """Writes replies from the knowledge on a given day."""

    def __init__(self, knowledge: Knowledge, wording: Wording, today: dt.date) -> None:
        self.knowledge = knowledge
        self.wording = wording
        self.today = today

    def answer(
        self, entry: Entry, places: Sequence[str] = (), confidence: float | None = None, body: str | None = None
    ) -> Reply:
        """The entry as an answer to a question that names `places`; `body` replaces the entry's own answer."""
        notes = [note for note in (self._validity_note(entry), self._place_note(entry, places)) if note]
        answer = "\n".join([*notes, body or self._body(entry, places)])
        return Reply(
            kind="urgent" if entry.urgent else "answer",
            text="\n".join([answer, *self._footer(entry)]),
            answer=answer,
            script=entry.script,
            entry=entry.id,
            title=entry.title,
            source=entry.source,
            validity=entry.validity,
            department=entry.department,
            region=entry.region,
            contacts=entry.contacts,
            suggestions=self.titles(entry.related)[:_MOST_SUGGESTIONS],
            code=entry.code,
            confidence=confidence,
        )

    def suggest(self, reply: Reply, entries: Sequence[str]) -> Reply:
        """The reply, with `entries` before its own suggestions."""
        suggestions = dict.fromkeys((*self.titles(entries), *reply.suggestions))
        return replace(reply, suggestions=tuple(suggestions)[:_MOST_SUGGESTIONS])

    def titles(self, entries: Sequence[str]) -> tuple[Suggestion, ...]:
        """Entries to choose from; choosing one sends its title."""
        found = [self.knowledge.get(entry) for entry in entries]
        return tuple(Suggestion(entry.title, entry.title) for entry in found if entry)

    def clarify(self, entries: Sequence[str], wording: str = "clarify") -> Reply:
        """A question back: which of these readings is meant. Nothing is asserted."""
        suggestions = self.titles(entries)
        lines = [f"{number}. {item.label}" for number, item in enumerate(suggestions, 1)]
        return Reply("clarify", "\n".join([self.wording[wording], *lines]), suggestions=suggestions)

    def more(self, entry: Entry) -> Reply | None:
        """What is related to `entry` or stands beside it, to choose from after it; None if there are not two."""
        topic = self.knowledge.topic(entry.topic)
        beside = [other.id for other in topic.entries if not other.urgent] if topic else []
        near = [
            name for name in dict.fromkeys((*entry.related, *beside)) if name != entry.id and self.knowledge.get(name)
        ]
        return self.clarify(near[:_MOST_SUGGESTIONS], "more") if len(near) > 1 else None

    def unknown(self, wording: str = "unknown") -> Reply:
        """Not covered, or nothing asked: nothing is asserted, and someone who can help is named."""
        hotline = self.knowledge.contacts["hotline_12345"]
        return Reply("unknown", self.wording[wording], contacts=(hotline,))

    def ask_region(self, entry: Entry) -> Reply:
        """Which county or district: asked because the answer depends on it."""
        names = tuple(Suggestion(name, name) for name in self.knowledge.regions.names)
        text = self.wording["ask_region"].format(title=entry.title)
        return Reply("form", text, contacts=entry.contacts, suggestions=names)

    def say(self, name: str) -> Reply:
        """A sentence of the interface as small talk."""
        return Reply("smalltalk", self.wording[name])

    def _body(self, entry: Entry, places: Sequence[str]) -> str:
        if not entry.region_field:
            return entry.answer
        place = next((name for name in places if self.knowledge.regions.get(name)), None)
        region = self.knowledge.regions.get(place) if place else None
        value = region.fields.get(entry.region_field) if region else None
        if region and value and entry.answer_filled:
            return entry.answer_filled.format(region=region.name, value=value)
        return entry.answer.format(region=region.name if region else self.wording["your_region"])

    def _validity_note(self, entry: Entry) -> str | None:
        status = entry.validity.status(self.today)
        if status == "expired" and entry.validity.until:
            note = entry.expired_note or ""
            return self.wording["expired"].format(until=chinese_date(entry.validity.until), note=note).strip()
        if status == "upcoming" and entry.validity.start:
            return self.wording["upcoming"].format(start=chinese_date(entry.validity.start))
        return None

    def _place_note(self, entry: Entry, places: Sequence[str]) -> str | None:
        """Say so when the question names a place that the entry does not speak of."""
        regions = self.knowledge.regions
        spoken_of = "".join((entry.answer, entry.title, entry.source.headline, *entry.questions))
        strange = [
            place
            for place in places
            if not regions.covers(entry.region, place)
            and place not in spoken_of
            and place.rstrip("区县市") not in spoken_of
        ]
        if not strange or entry.urgent:
            return None
        return self.wording["other_place"].format(region=entry.region, places="、".join(strange))

    def _footer(self, entry: Entry) -> list[str]:
        """Source, validity and contacts: the text alone is enough for a client that shows nothing else."""
        published = f"（{_chinese_month(entry.source.published)}）" if entry.source.published else ""
        lines = [f"出处：{entry.source.headline}{published}"]
        period = chinese_period(entry.validity)
        if period:
            lines.append(f"有效期：{period}")
        lines.append(f"咨询：{contact_line(entry.contacts)}")
        return lines


def contact_line(contacts: Sequence[Contact]) -> str:
    """Contacts in one line: names that already hold their number are not followed by it again."""
    return "、".join(
        contact.name if not contact.phone or contact.phone in contact.name else f"{contact.name}{contact.phone}"
        for contact in contacts
    )


def chinese_period(validity: Validity) -> str:
    """A period as residents read it; empty when neither end is known."""
    if validity.start and validity.until:
        return f"{chinese_date(validity.start)}至{chinese_date(validity.until)}"
    if validity.until:
        return f"到{chinese_date(validity.until)}为止"
    if validity.start:
        return f"{chinese_date(validity.start)}起"
    return ""


def _chinese_month(published: str) -> str:
    """2026-03 as 2026年3月, 2026-03-06 as 2026年3月6日."""
    parts = [str(int(part)) for part in published.split("-")]
    return "".join(number + unit for number, unit in zip(parts, "年月日", strict=False))
