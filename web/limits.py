"""Limits: how often one client may ask, and who the client is behind proxies."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from starlette.requests import Request

from web.problems import Problem

_WINDOW = 60.0
#: Clients remembered at once; beyond that the ones not seen for longest are forgotten.
_MOST_CLIENTS = 10_000

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class RateLimiter:
    """At most `limit` requests of one key within any minute; 0 allows everything."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic, most: int = _MOST_CLIENTS) -> None:
        self._limit = limit
        self._clock = clock
        self._most = most
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def wait(self, key: str) -> float:
        """Count a request of `key` and return 0, or return the seconds to wait until the next is allowed."""
        if self._limit <= 0:
            return 0.0
        now = self._clock()
        moments = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        while moments and moments[0] <= now - _WINDOW:
            moments.popleft()
        if len(moments) < self._limit:
            moments.append(now)
            return 0.0
        return moments[0] + _WINDOW - now


def parse_networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks separated by commas. Raises ValueError that names what is neither."""
    return tuple(ipaddress.ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def client_address(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """The address to hold responsible: the peer, or whom trusted proxies say they speak for.

    `forwarded` (X-Forwarded-For) is read from its end, and only as long as the speaker is trusted: its
    beginning is whatever the client wrote. IPv6 clients own a /64 network, so that is their address.
    """
    address = peer
    for claimed in reversed(forwarded.split(",")):
        parsed = _parse(address)
        if parsed is None or not any(parsed in network for network in trusted) or _parse(claimed) is None:
            break
        address = claimed
    parsed = _parse(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed or peer)


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


class Limits:
    """Enforces the rate limit on requests, for each purpose by itself: searching leaves the chat's share alone."""

    def __init__(self, limit: int, trusted_proxies: str, on_limited: Callable[[str], None]) -> None:
        self._limit = limit
        self._limiter = RateLimiter(limit)
        self._trusted = parse_networks(trusted_proxies)
        self._on_limited = on_limited

    def enforce(self, request: Request, purpose: str) -> None:
        """Raises Problem 429 with Retry-After if the client asked too often for this `purpose`."""
        peer = request.client.host if request.client else "local"
        # Some proxies add a header line of their own after the client's.
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        seconds = self._limiter.wait(f"{purpose} {client_address(peer, forwarded, self._trusted)}")
        if seconds > 0:
            self._on_limited(purpose)
            pause = math.ceil(seconds)
            detail = f"每分钟最多 {self._limit} 次，请 {pause} 秒后再试。"
            raise Problem(429, detail, {"Retry-After": str(pause)})
