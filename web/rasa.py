"""Rasa: asked over its REST channel; a dead one costs nobody more than one wait."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, get_args
from uuid import uuid4

import anyio
import httpx

from assistant.commands import as_words
from assistant.reply import Kind
from web.logs import log_failure

#: Seconds for which Rasa is not asked after it did not answer.
PAUSE = 2.0
_KINDS = frozenset(get_args(Kind))
_JSON = {"Content-Type": "application/json"}


class Breaker:
    """Remembers that someone does not answer, so that nobody waits for them: one trial after each pause."""

    def __init__(self, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._retry_at: float | None = None

    def allows(self) -> bool:
        """Whether to try now. While the other side is down this is true once in a pause."""
        if self._retry_at is None:
            return True
        if self._clock() < self._retry_at:
            return False
        self.failed()  # Others wait for the outcome of this trial.
        return True

    def failed(self) -> None:
        self._retry_at = self._clock() + self._pause

    def succeeded(self) -> None:
        self._retry_at = None


class Rasa:
    """The dialogue side. `client` is shared and keeps its connections."""

    def __init__(self, client: httpx.AsyncClient, url: str, timeout: float) -> None:
        self._client = client
        self._webhook = httpx.URL(f"{url}/webhooks/rest/webhook")
        self._timeout = timeout
        self._breaker = Breaker()

    async def ask(self, sender: str, text: str, region: str | None, entry: str | None) -> list[dict[str, Any]]:
        """Rasa's replies to `text` in the contract's form; an empty list if it cannot answer now."""
        if not self._breaker.allows():
            return []
        body = {
            "sender": sender,
            "message": as_words(text),
            "metadata": {"region": region, "entry": entry},
        }
        try:
            items = await self._post(body, self._timeout)
        except (TimeoutError, httpx.TransportError) as error:
            self._breaker.failed()
            log_failure("rasa-unreachable", error)
            return []
        except (httpx.HTTPStatusError, ValueError) as error:
            # It is there, and quick, but this message failed: no reason to keep others from it.
            self._breaker.succeeded()
            log_failure("rasa-failed", error)
            return []
        self._breaker.succeeded()
        return [item for item in _customs(items) if item.get("kind") in _KINDS and isinstance(item.get("text"), str)]

    async def probe(self, timeout: float) -> dict[str, Any] | None:
        """What a whole turn through Rasa and the actions says of itself (`model`, `knowledge`), or None.

        Each probe is a conversation of its own: one that goes on for days would slow Rasa down.
        """
        try:
            items = await self._post({"sender": f"health-probe-{uuid4().hex}", "message": "/probe"}, timeout)
        except (TimeoutError, httpx.HTTPError, ValueError):
            return None
        return next((item for item in _customs(items) if item.get("kind") == "probe"), None)

    async def _post(self, body: dict[str, Any], timeout: float) -> Any:
        with anyio.fail_after(timeout):
            response = await self._client.post(self._webhook, content=json.dumps(body), headers=_JSON)
        response.raise_for_status()
        return response.json()


def _customs(items: Any) -> list[dict[str, Any]]:
    """The custom payloads among Rasa's messages; their texts stand in other items once more."""
    if not isinstance(items, list):
        return []
    customs = [item.get("custom") for item in items if isinstance(item, dict)]
    return [custom for custom in customs if isinstance(custom, dict)]
