"""Follower: edited knowledge reaches residents without a restart and without a standstill."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from tests.web.doubles import services_behind
from web import follower


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "INTERVAL", 0.02)


def test_an_edited_answer_is_served_without_a_restart(
    serve: Callable[..., TestClient], settings: Settings, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(settings.data_folder, data)
    settings = replace(settings, data=str(data))
    client = serve(settings, Assistant.load(settings))
    entry = services_behind(client).knowledge.topics[0].entries[0]
    file = data / "knowledge" / f"{entry.topic}.yml"
    file.write_text(file.read_text("utf-8").replace(f"title: {entry.title}\n", "title: 改过的标题\n", 1), "utf-8")
    assert eventually(lambda: "改过的标题" in client.get(f"/a/{entry.code}").text)
    assert "改过的标题" in client.get("/").text


def test_nobody_waits_while_changed_knowledge_is_loaded(
    serve: Callable[..., TestClient], settings: Settings, assistant: Assistant
) -> None:
    loading, done = threading.Event(), threading.Event()

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return getattr(assistant, name)

        @property
        def knowledge(self) -> Any:
            if threading.current_thread() is not threading.main_thread():
                loading.set()
                done.wait(20)
            return assistant.knowledge

    client = serve(settings, Slow())
    assert loading.wait(20)
    assert client.post("/api/chat", json={"message": "你好", "region": "阳曲县"}).status_code == 200
    assert client.get("/").status_code == 200
    assert not done.is_set()
    done.set()


def test_knowledge_that_cannot_be_read_for_a_moment_is_looked_at_again(
    serve: Callable[..., TestClient], settings: Settings, assistant: Assistant
) -> None:
    looks: list[int] = []

    class Flickering:
        def __getattr__(self, name: str) -> Any:
            return getattr(assistant, name)

        @property
        def knowledge(self) -> Any:
            looks.append(1)
            if len(looks) == 2:
                raise OSError
            return assistant.knowledge

    client = serve(settings, Flickering())
    assert eventually(lambda: len(looks) > 3)
    assert client.get("/").status_code == 200
