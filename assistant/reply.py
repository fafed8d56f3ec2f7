"""Reply: what the assistant says, in the one form that every channel shows (see the public contract)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.knowledge import Contact, Source
from assistant.validity import Validity

Kind = Literal["answer", "urgent", "clarify", "unknown", "smalltalk", "form"]


@dataclass(frozen=True)
class Suggestion:
    """Something the resident may choose next: what the button says and what it sends."""

    label: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return {"label": self.label, "message": self.message}


@dataclass(frozen=True)
class Reply:
    """One reply. `text` is complete on its own: `answer` with source, validity and contacts below it.

    `entry`, `answer` and `script` (one sentence to read aloud) are set for answers and urgent answers only.
    """

    kind: Kind
    text: str
    answer: str | None = None
    script: str | None = None
    entry: str | None = None
    title: str | None = None
    source: Source | None = None
    validity: Validity | None = None
    department: str | None = None
    region: str | None = None
    contacts: tuple[Contact, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    code: str | None = None
    confidence: float | None = field(default=None, compare=False)

    def as_dict(self, today: dt.date) -> dict[str, Any]:
        """The contract's reply object; validity is told as of `today`."""
        return {
            "kind": self.kind,
            "entry": self.entry,
            "title": self.title,
            "text": self.text,
            "answer": self.answer,
            "script": self.script,
            "source": self.source.as_dict() if self.source else None,
            "valid": self.validity.as_dict(today) if self.validity else None,
            "department": self.department,
            "region": self.region,
            "contacts": [contact.as_dict() for contact in self.contacts],
            "suggestions": [suggestion.as_dict() for suggestion in self.suggestions],
            "code": self.code,
            "confidence": None if self.confidence is None else round(self.confidence, 3),
        }
