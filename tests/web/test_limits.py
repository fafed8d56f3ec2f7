"""Limits: a minute's share for each client."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.limits import RateLimiter, client_address, parse_networks


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_limit_holds_within_a_minute_and_no_longer() -> None:
    clock = Clock()
    limiter = RateLimiter(2, clock)
    assert limiter.wait("a") == 0
    clock.now += 10
    assert limiter.wait("a") == 0
    assert limiter.wait("a") == 50
    clock.now += 50
    assert limiter.wait("a") == 0
    assert limiter.wait("a") == 10


def test_a_refused_request_does_not_count() -> None:
    clock = Clock()
    limiter = RateLimiter(1, clock)
    limiter.wait("a")
    for _ in range(5):
        clock.now += 10
        assert limiter.wait("a") == pytest.approx(1060 - clock.now)
    clock.now += 10
    assert limiter.wait("a") == 0


@given(st.integers(1, 5), st.lists(st.floats(0, 30), max_size=60))
def test_no_minute_holds_more_than_the_limit_and_waiting_as_told_is_enough(limit: int, pauses: list[float]) -> None:
    clock = Clock()
    limiter = RateLimiter(limit, clock)
    allowed: list[float] = []
    for pause in pauses:
        clock.now += pause
        seconds = limiter.wait("a")
        if seconds:
            clock.now += seconds + 0.001
            assert limiter.wait("a") == 0
        allowed.append(clock.now)
        assert sum(moment > clock.now - 60 for moment in allowed) <= limit


def test_clients_do_not_share_a_limit() -> None:
    limiter = RateLimiter(1)
    assert limiter.wait("a") == 0
    assert limiter.wait("b") == 0
    assert limiter.wait("a") > 0


def test_zero_is_no_limit() -> None:
    limiter = RateLimiter(0)
    assert [limiter.wait("a") for _ in range(1000)] == [0] * 1000
    assert len(limiter) == 0


def test_memory_is_bounded_and_the_longest_silent_client_is_forgotten_first() -> None:
    limiter = RateLimiter(1, most=3)
    for key in ("a", "b", "c"):
        limiter.wait(key)
    limiter.wait("a")
    limiter.wait("d")
    assert len(limiter) == 3
    assert limiter.wait("a") > 0
    assert limiter.wait("b") == 0


NEAR = parse_networks("127.0.0.1, 10.0.0.0/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("1.2.3.4", "", "1.2.3.4"),
        ("1.2.3.4", "9.9.9.9", "1.2.3.4"),
        ("127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("127.0.0.1", "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        ("127.0.0.1", "6.6.6.6, 9.9.9.9, 10.1.1.1", "9.9.9.9"),
        ("127.0.0.1", "9.9.9.9, rubbish", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("local", "9.9.9.9", "local"),
    ],
)
def test_a_client_is_whom_trusted_proxies_vouch_for(peer: str, forwarded: str, address: str) -> None:
    assert client_address(peer, forwarded, NEAR) == address


def test_proxies_that_are_no_addresses_are_an_error_that_names_them() -> None:
    with pytest.raises(ValueError, match=r"proxy\.example"):
        parse_networks("127.0.0.1,proxy.example")
