"""Commands: what Rasa would take for one is handed to it as plain words."""

from __future__ import annotations

import re

#: Rasa reads "/intent" as a command. Whatever normalising drops may stand before the slash.
_COMMAND = re.compile(r"^\W*[/／]\W*")


def as_words(message: str) -> str:
    """`message` without a leading slash; a question mark if nothing else is left."""
    return _COMMAND.sub("", message) or "？"
