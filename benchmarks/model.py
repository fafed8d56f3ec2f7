"""Model: a trained Rasa model in this process, for measuring without servers."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rasa.core.agent import Agent

from assistant.understanding import Understanding


class Model:
    """Understands messages with a trained model, by the same graph that the server runs."""

    def __init__(self, archive: Path) -> None:
        """Load a model archive. Raises FileNotFoundError: Rasa itself would load another one silently."""
        if not archive.is_file():
            raise FileNotFoundError(f"{archive}: no such model; run `make train` first")
        self._agent = Agent.load(str(archive))

    def understand(self, message: str) -> Understanding:
        """What the model makes of `message`."""
        return Understanding.from_parse(asyncio.run(self._agent.parse_message(message)))
