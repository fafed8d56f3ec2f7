"""A web process with everything real but Rasa and the action server, whose place a small HTTP server takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from tests.web.doubles import RasaDouble
from web.app import create_app

#: The day on which the tests take place.
TODAY = "2026-04-01"


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
