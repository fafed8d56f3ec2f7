"""Follower: the current knowledge for the event loop, which must not wait while changed files are loaded."""

from __future__ import annotations

import asyncio

from anyio import to_thread

from assistant.knowledge import Knowledge
from assistant.service import Assistant
from web.logs import log, log_failure

#: Seconds between looks at the knowledge.
INTERVAL = 1.0


class Follower:
    """Keeps `knowledge` the assistant's own, at most a look behind."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.knowledge = assistant.knowledge
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._follow())

    def stop(self) -> None:
        if self._task:
            self._task.cancel()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(INTERVAL)
            try:
                # Loading happens in the thread that looks first.
                found = await to_thread.run_sync(self._look)
            except (OSError, ValueError, LookupError) as error:  # A file is just being written: look again.
                log_failure("knowledge-unreadable", error)
                continue
            if found is not self.knowledge:
                self.knowledge = found
                log("knowledge-changed", knowledge=found.digest, entries=len(found))

    def _look(self) -> Knowledge:
        return self._assistant.knowledge
