"""What stands in for the parts that the web process talks to over HTTP."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from web.services import Services

Items = list[dict[str, Any]]


def reply(kind: str = "answer", **fields: Any) -> dict[str, Any]:
    """A reply in the contract's form, as the actions put it under `custom`."""
    names = ("entry", "title", "answer", "script", "source", "valid", "department", "region", "code")
    empty: dict[str, Any] = dict.fromkeys(names)
    return {**empty, "kind": kind, "text": "好的。", "contacts": [], "suggestions": [], "confidence": 0.9, **fields}


def services_behind(client: TestClient) -> Services:
    """What the web process behind `client` works with."""
    app: Any = client.app
    services: Services = app.state.services
    return services


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
