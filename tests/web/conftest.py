"""A web process with everything real but Rasa and the action server, whose place a small HTTP server takes."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from assistant.answering import Assistant
from assistant.settings import Settings
from web.app import create_app

#: The day on which the tests take place.
TODAY = "2026-04-01"

Items = list[dict[str, Any]]


def reply(kind: str = "answer", **fields: Any) -> dict[str, Any]:
    """A reply in the contract's form, as the actions put it under `custom`."""
    empty: dict[str, Any] = dict.fromkeys(("entry", "title", "source", "valid", "department", "region", "code"))
    return {**empty, "kind": kind, "text": "好的。", "contacts": [], "suggestions": [], "confidence": 0.9, **fields}


class RasaDouble:
    """Answers as Rasa's REST channel and as the action server do, and remembers what it was asked."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.asked: list[dict[str, Any]] = []
        self.script: Callable[[dict[str, Any]], Items | int] = lambda body: [{"custom": reply()}]
        self.probe: Items = [{"custom": {"kind": "probe", "model": "model-1", "knowledge": "abc"}}]
        self.delay = 0.0
        self.rasa_up = self.actions_up = True
        self.at_once = self.most_at_once = 0
        app = FastAPI()
        app.add_api_route("/", self._root)
        app.add_api_route("/health", self._health)
        app.add_api_route("/webhooks/rest/webhook", self._webhook, methods=["POST"])
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, ws="none", log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What residents asked, without the probes."""
        return [body for body in self.asked if body["message"] != "/probe"]

    def start(self) -> None:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()

    async def _root(self) -> Response:
        return Response("Hello from Rasa", 200 if self.rasa_up else 503)

    async def _health(self) -> Response:
        return Response("{}", 200 if self.actions_up else 503)

    async def _webhook(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        if body["message"] == "/probe":
            return JSONResponse(self.probe)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        answer = self.script(body)
        return Response("", answer) if isinstance(answer, int) else JSONResponse(answer)


@pytest.fixture
def rasa() -> Iterator[RasaDouble]:
    double = RasaDouble()
    double.start()
    yield double
    double.stop()


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return Assistant.load(Settings(today=TODAY))


@pytest.fixture
def settings(tmp_path: Path, rasa: RasaDouble) -> Settings:
    return Settings(
        rasa_port=rasa.port,
        actions_port=rasa.port,
        rasa_timeout=5.0,
        rate_limit=0,
        store_url=f"sqlite:///{tmp_path}/store.db",
        secret_file=str(tmp_path / "secret"),
        today=TODAY,
    )


@pytest.fixture
def serve(assistant: Assistant) -> Iterator[Callable[..., TestClient]]:
    """Starts web processes and stops them at the end."""
    running: list[TestClient] = []

    def start(settings: Settings, with_assistant: Any = None, peer: str = "127.0.0.1") -> TestClient:
        app = create_app(settings, with_assistant or assistant)
        client = TestClient(app, client=(peer, 50000), raise_server_exceptions=False)
        client.__enter__()
        running.append(client)
        return client

    yield start
    for client in running:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serve: Callable[..., TestClient], settings: Settings) -> TestClient:
    return serve(settings)
