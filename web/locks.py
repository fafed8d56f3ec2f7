"""Locks: the messages of one conversation are answered one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from web.problems import Problem

#: Messages of one conversation that may wait at once.
_MOST_WAITING = 8


@dataclass
class _Held:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Locks:
    """A lock for each key in use in this process; a key that nobody uses takes no memory."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}

    def __len__(self) -> int:
        return len(self._held)

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Hold the key's lock. Raises Problem 429 if too many wait for it already."""
        held = self._held.setdefault(key, _Held())
        if held.users > _MOST_WAITING:
            raise Problem(429, "上一个问题还在回答，请稍等片刻再问。", {"Retry-After": "2"})
        held.users += 1
        try:
            async with held.lock:
                yield
        finally:
            held.users -= 1
            if not held.users:
                del self._held[key]
