"""Publication: what entries were asked by when a model was last trained, so that what is new or changed can be told."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.knowledge import Entry

#: Beside the models.
NAME = "published.json"


@dataclass(frozen=True)
class Publication:
    """The name of the model that was trained, and for each entry's id a digest of its title and questions."""

    model: str
    entries: Mapping[str, str]

    @classmethod
    def of(cls, model: str, entries: Iterable[Entry]) -> Publication:
        return cls(model, {entry.id: _digest(entry) for entry in entries})

    @classmethod
    def read(cls, folder: Path) -> Publication | None:
        """The last publication; None if `folder` holds none, or a damaged one."""
        try:
            match json.loads((folder / NAME).read_text(encoding="utf-8")):
                case {"model": str(model), "entries": dict(entries)}:
                    return cls(model, entries)
        except (OSError, ValueError):
            pass
        return None

    def write(self, folder: Path) -> None:
        """Make this the last publication. Raises OSError, and then leaves the one of before."""
        # Written beside and renamed, so that nobody reads half a file.
        partial = folder / f"{NAME}.{os.getpid()}"
        partial.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        partial.replace(folder / NAME)

    def changed(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those of `entries` that are new since, or have another title or other questions."""
        return [entry for entry in entries if self.entries.get(entry.id) != _digest(entry)]


def _digest(entry: Entry) -> str:
    return hashlib.sha256(json.dumps([entry.title, *entry.questions]).encode()).hexdigest()[:16]
