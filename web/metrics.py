"""Metrics: what Prometheus may know."""

from __future__ import annotations

import ipaddress
import secrets

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.requests import Request

from web.problems import Problem

_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """The counters of one web process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.messages = Counter(
            "bingwen_messages",
            "Messages answered, by the first reply's kind",
            ["kind", "degraded"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "bingwen_message_seconds", "Time to answer a message", registry=self._registry, buckets=_SECONDS
        )
        self.limited = Counter(
            "bingwen_rate_limited", "Requests refused by the rate limit", ["purpose"], registry=self._registry
        )
        self.masked = Counter("bingwen_masked", "Personal data masked, by sort", ["sort"], registry=self._registry)
        self.unanswered = Counter("bingwen_unanswered", "Messages that nothing could answer", registry=self._registry)
        self.store_failures = Counter("bingwen_store_failures", "Failed writes to the store", registry=self._registry)
        self.store_lost = Counter("bingwen_store_lost_rows", "Rows that the store never took", registry=self._registry)
        self.feedback = Counter("bingwen_feedback", "Feedback, by verdict", ["verdict"], registry=self._registry)

    def text(self) -> bytes:
        """All of them in Prometheus' text format."""
        return generate_latest(self._registry)


def check_access(request: Request, token: str) -> None:
    """Raises Problem 403 unless the peer is this machine itself or bears the (non-empty) `token`."""
    given = request.headers.get("authorization", "")
    if token and secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return
    # A local reverse proxy is this machine too, but it speaks for someone else.
    if "x-forwarded-for" in request.headers or not _is_loopback(request.client.host if request.client else ""):
        raise Problem(403)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
