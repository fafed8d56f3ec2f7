"""Run: nothing is started on bad data, on taken ports or without a model."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from launcher import model, run
from tests.folders import DataFolder


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Something that listens on a port of this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


@pytest.fixture(autouse=True)
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting the processes is a failure here."""

    def refuse(settings: Settings, archive: Path) -> Path:
        raise AssertionError(f"about to start {archive}")

    monkeypatch.setattr(run.supervision, "write_configuration", refuse)


def test_bad_knowledge_is_told_and_nothing_started(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.path / "contacts.yml").unlink()
    assert run.run(folder.settings()) == 1
    assert "contacts.yml: " in capsys.readouterr().err


@pytest.mark.parametrize("name", ["port", "rasa_port", "actions_port"])
def test_a_taken_port_is_named_and_nothing_started(
    listener: socket.socket, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    port = listener.getsockname()[1]
    free = {"port": 0, "rasa_port": 0, "actions_port": 0, name: port}
    assert run.run(Settings(**free)) == 1
    assert f"port {port} is in use" in capsys.readouterr().err


def test_a_training_that_fails_is_told_and_nothing_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(model, "FOLDER", tmp_path_factory.mktemp("models"))
    monkeypatch.setattr(model.sys, "executable", shutil.which("false"))
    assert run.run(Settings(port=0, rasa_port=0, actions_port=0)) == 1
    assert "training failed: " in capsys.readouterr().err


def test_a_port_is_free_again_when_nobody_listens(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    assert run._is_taken(port)
    listener.close()
    assert not run._is_taken(port)
