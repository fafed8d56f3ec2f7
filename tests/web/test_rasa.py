"""Rasa: when it is asked, and when it is left alone."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from web.rasa import Breaker, Rasa


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_a_failure_there_is_one_trial_in_each_pause() -> None:
    clock = Clock()
    breaker = Breaker(2.0, clock)
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    clock.now = 2.0
    assert breaker.allows()
    assert not breaker.allows()
    clock.now = 4.0
    assert breaker.allows()


def test_after_a_success_everyone_may_ask() -> None:
    clock = Clock()
    breaker = Breaker(2.0, clock)
    breaker.failed()
    clock.now = 2.0
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


@pytest.mark.parametrize("body", ["not json", '"text"', "{}", "[1, null, {}]", '[{"custom": "text"}]', "[]"])
def test_nonsense_is_no_reply(body: str) -> None:
    async def scenario() -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(200, text=body))
        async with httpx.AsyncClient(transport=transport) as client:
            rasa = Rasa(client, "http://rasa", 1.0)
            assert await rasa.ask("s", "你好", None, None) == []
            assert await rasa.probe(1.0) is None

    asyncio.run(scenario())


def test_a_probe_is_a_conversation_of_its_own() -> None:
    async def scenario() -> None:
        senders = []

        def answer(request: httpx.Request) -> httpx.Response:
            body = json.loads(request.content)
            senders.append(body["sender"])
            assert body["message"] == "/probe"
            return httpx.Response(200, json=[{"custom": {"kind": "probe", "model": "m"}}])

        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            rasa = Rasa(client, "http://rasa", 1.0)
            assert await rasa.probe(1.0) == {"kind": "probe", "model": "m"}
            await rasa.probe(1.0)
        assert len(set(senders)) == 2

    asyncio.run(scenario())
