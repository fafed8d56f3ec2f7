"""Chat: one message in, at most three replies out, whatever of the other parts is down."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace
from typing import Any

from anyio import CapacityLimiter, to_thread

from assistant.answering import MOST_REPLIES, Context
from assistant.privacy import Masked, mask
from assistant.service import Assistant
from web.locks import Locks
from web.logs import log, log_failure
from web.metrics import Metrics
from web.problems import Problem
from web.rasa import Rasa
from web.store import Store
from web.tokens import Conversation, Tokens

#: Searches at once: they keep a processor busy, so more of them make each slower.
_SEARCHES = 4

Reply = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """A message (masked) and what was replied. `conversation` is the token for the next message."""

    message: str
    conversation: str
    region: str | None
    degraded: bool
    replies: list[Reply]

    def as_dict(self) -> dict[str, Any]:
        """The contract's response."""
        return {"conversation": self.conversation, "degraded": self.degraded, "replies": self.replies}


class Chat:
    """Answers residents. Asks Rasa, and searches the knowledge itself when Rasa cannot answer."""

    def __init__(self, assistant: Assistant, rasa: Rasa, tokens: Tokens, store: Store, metrics: Metrics) -> None:
        self._assistant = assistant
        self._rasa = rasa
        self._tokens = tokens
        self._store = store
        self._metrics = metrics
        self._locks = Locks()
        self._searching = CapacityLimiter(_SEARCHES)

    async def answer(self, message: str, conversation: Conversation) -> Exchange:
        """Answer a checked `message` in `conversation`. Raises Problem 503 if nothing can answer."""
        started = time.perf_counter()
        masked = mask(message)
        async with self._locks.hold(conversation.id):
            replies, degraded = await self._replies(masked.text, conversation)
        entry = next((reply["entry"] for reply in reversed(replies) if reply.get("entry")), conversation.entry)
        seconds = time.perf_counter() - started
        self._record(masked, conversation, replies, degraded, seconds)
        public = [{key: value for key, value in reply.items() if key != "confidence"} for reply in replies]
        if masked.found:
            public[0] = with_notice(public[0], self._assistant.wording["privacy_notice"])
        token = self._tokens.sign(replace(conversation, entry=entry))
        return Exchange(masked.text, token, conversation.region, degraded, public)

    async def _replies(self, text: str, conversation: Conversation) -> tuple[list[Reply], bool]:
        """At most three replies with their confidences, and whether they are from the search alone."""
        replies = await self._rasa.ask(conversation.id, text, conversation.region, conversation.entry)
        if replies:
            return replies[:MOST_REPLIES], False
        context = Context(region=conversation.region, entry=conversation.entry)
        try:
            found = await to_thread.run_sync(self._assistant.answer_by_search, text, context, limiter=self._searching)
            today = self._assistant.today()
            return [reply.as_dict(today) for reply in found[:MOST_REPLIES]], True
        except Exception as error:  # The last resort failed: say so, and to whom to turn.
            log_failure("search-failed", error)
            self._metrics.unanswered.inc()
            raise Problem(503) from error

    def _record(
        self, masked: Masked, conversation: Conversation, replies: list[Reply], degraded: bool, seconds: float
    ) -> None:
        """Count, log and store an exchange. Everything here returns at once."""
        kind = replies[0]["kind"]
        self._metrics.messages.labels(kind, str(degraded).lower()).inc()
        self._metrics.seconds.observe(seconds)
        for sort in masked.found:
            self._metrics.masked.labels(sort).inc()
        milliseconds = round(seconds * 1000)
        log(
            "message", conversation=conversation.id, kind=kind, entry=replies[0].get("entry"), replies=len(replies),
            degraded=degraded, masked=masked.found, latency_ms=milliseconds,
        )  # fmt: skip
        now = dt.datetime.now(dt.timezone.utc).replace(tzinfo=None)
        self._store.add_exchange(
            [
                {
                    "at": now,
                    "conversation": conversation.id,
                    "message": masked.text,
                    "position": position,
                    "kind": reply["kind"],
                    "entry": reply.get("entry"),
                    "confidence": reply.get("confidence"),
                    "degraded": degraded,
                    "region": conversation.region,
                    "latency_ms": milliseconds,
                }
                for position, reply in enumerate(replies)
            ]
        )


def with_notice(reply: Reply, notice: str) -> Reply:
    """`reply` with `notice` in front; after the answer itself where something else must come first.

    What to do in an emergency, and that an answer has expired, come before anything else.
    """
    text, answer = reply["text"], reply.get("answer")
    said = answer if answer and text.startswith(answer) else text
    expired = (reply.get("valid") or {}).get("status") == "expired"
    told = f"{said}\n{notice}" if reply["kind"] == "urgent" or expired else f"{notice}\n{said}"
    return {**reply, "text": told + text[len(said) :], "answer": told if answer else answer}
