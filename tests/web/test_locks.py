"""Locks: one message of a conversation at a time."""

from __future__ import annotations

import asyncio

import pytest

from web.locks import Locks
from web.problems import Problem


def test_the_holders_of_one_key_take_turns_and_others_do_not_wait() -> None:
    async def scenario() -> None:
        locks = Locks()
        events: list[str] = []
        release = asyncio.Event()

        async def first() -> None:
            async with locks.hold("a"):
                events.append("first in")
                await release.wait()
                events.append("first out")

        async def second() -> None:
            async with locks.hold("a"):
                events.append("second in")

        tasks = [asyncio.create_task(first()), asyncio.create_task(second())]
        await asyncio.sleep(0)
        async with locks.hold("b"):
            events.append("other in")
        release.set()
        await asyncio.gather(*tasks)
        assert events == ["first in", "other in", "first out", "second in"]

    asyncio.run(scenario())


def test_a_key_that_nobody_holds_takes_no_memory() -> None:
    async def scenario() -> None:
        locks = Locks()
        async with locks.hold("a"):
            assert len(locks) == 1
        with pytest.raises(RuntimeError):
            async with locks.hold("b"):
                raise RuntimeError
        assert len(locks) == 0

    asyncio.run(scenario())


def test_too_many_waiters_are_sent_away() -> None:
    async def scenario() -> None:
        locks = Locks()
        release = asyncio.Event()

        async def hold() -> None:
            async with locks.hold("a"):
                await release.wait()

        tasks = [asyncio.create_task(hold()) for _ in range(9)]
        await asyncio.sleep(0)
        with pytest.raises(Problem) as refused:
            async with locks.hold("a"):
                raise AssertionError
        assert refused.value.status_code == 429
        release.set()
        await asyncio.gather(*tasks)
        assert len(locks) == 0

    asyncio.run(scenario())
