"""Health: which parts are up, and whether a whole turn through them works."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import anyio
import httpx
from anyio import to_thread

from web.rasa import Rasa
from web.store import Store

#: Seconds for which the state of the parts is believed, and a probe that went well.
BELIEVED = 2.0
PROBE_BELIEVED = 30.0
_TIMEOUT = 2.0


class Health:
    """Asks the parts how they are, at most once in two seconds however many ask it."""

    def __init__(
        self, client: httpx.AsyncClient, rasa: Rasa, rasa_url: str, actions_url: str, store: Store,
        knowledge: Callable[[], str],
    ) -> None:  # fmt: skip
        self._client = client
        self._rasa = rasa
        self._rasa_url = f"{rasa_url}/"
        self._actions_url = f"{actions_url}/health"
        self._store = store
        self._knowledge = knowledge
        self._lock = asyncio.Lock()
        self._parts: dict[str, str] = {}
        self._model: str | None = None
        self._asked = self._probed = float("-inf")

    async def report(self) -> dict[str, Any]:
        """The contract's health object."""
        async with self._lock:
            if time.monotonic() - self._asked > BELIEVED:
                await self._ask()
                self._asked = time.monotonic()
        whole = self._model is not None and all(state == "up" for state in self._parts.values())
        return {
            "status": "ok" if whole else "degraded",
            "parts": dict(self._parts),
            "model": self._model,
            "knowledge": self._knowledge(),
        }

    async def _ask(self) -> None:
        rasa, actions, store = await asyncio.gather(
            self._answers(self._rasa_url),
            self._answers(self._actions_url),
            to_thread.run_sync(self._store.check, abandon_on_cancel=True),
        )
        self._parts = {
            name: "up" if up else "down" for name, up in (("rasa", rasa), ("actions", actions), ("store", store))
        }
        if not (rasa and actions):
            self._model = None
        elif self._model is None or time.monotonic() - self._probed > PROBE_BELIEVED:
            probe = await self._rasa.probe(_TIMEOUT)
            model = probe.get("model") if probe else None
            self._model = str(model) if model else None
            self._probed = time.monotonic()

    async def _answers(self, url: str) -> bool:
        try:
            with anyio.fail_after(_TIMEOUT):
                return (await self._client.get(url)).status_code == 200
        except (TimeoutError, httpx.HTTPError):
            return False
