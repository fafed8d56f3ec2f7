"""Servers: the two sides on free loopback ports, each with its log in FOLDER."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import httpx

from assistant.settings import ROOT, Settings
from benchmarks import load
from benchmarks.stock import Stock, stock_environment
from launcher import supervision
from launcher.environment import child_environment

#: Logs and run-time files, apart from those of an assistant that may be running at the same time.
FOLDER = ROOT / "var" / "benchmark"
#: Seconds that starting may take, and stopping.
_START, _STOP = 300.0, 30.0
_LOOK = 0.5


class ServerError(Exception):
    """A side did not start; the message says where its log is."""


@contextmanager
def bingwen(archive: Path) -> Iterator[int]:
    """Bingwen as `make run` starts it; gives the public port."""
    with TemporaryDirectory() as folder:
        environment = bingwen_environment(Path(folder))
        settings = Settings.from_environ(environment)
        configuration = supervision.write_configuration(settings, archive)
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)]
        with _running("bingwen", [command], ROOT, environment, lambda: _is_healthy(settings.port)):
            yield settings.port


def bingwen_environment(folder: Path) -> dict[str, str]:
    """Free loopback ports, a store and a secret of its own in `folder`, and no rate limit."""
    port, rasa_port, actions_port = free_ports(3)
    return {
        **child_environment(),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "BINGWEN_RASA_PORT": str(rasa_port),
        "BINGWEN_ACTIONS_PORT": str(actions_port),
        "BINGWEN_VAR": str(FOLDER),
        "BINGWEN_STORE_URL": f"sqlite:///{folder}/store.db",
        "BINGWEN_SECRET_FILE": str(folder / "secret"),
        "BINGWEN_RATE_LIMIT": "0",
    }


@contextmanager
def stock_rasa(stock: Stock, question: str) -> Iterator[int]:
    """Stock Rasa with its action server, ready once it answers `question`; gives the port of its REST channel."""
    port, actions_port = free_ports(2)
    commands = stock.commands(port, actions_port)
    with _running("stock", commands, stock.project, stock_environment(), lambda: _answers(port, question)):
        yield port


def free_ports(count: int) -> list[int]:
    """Different ports that nothing uses at the moment."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


@contextmanager
def _running(
    name: str, commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str],
    is_ready: Callable[[], bool],
) -> Iterator[None]:  # fmt: skip
    """Run the commands until the block ends. Raises ServerError if they are not ready in time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = FOLDER / f"{name}.log"
    children: list[subprocess.Popen[bytes]] = []
    with log.open("wb") as output:
        try:
            for command in commands:
                children.append(_start(command, folder, environment, output))
            deadline = time.monotonic() + _START
            while not is_ready():
                if time.monotonic() > deadline or any(child.poll() is not None for child in children):
                    raise ServerError(f"{name} did not start: see {log}")
                time.sleep(_LOOK)
            yield
        finally:
            _stop(children)


def _start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own: Ctrl-C reaches this process alone, which then stops everything."""
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _is_healthy(port: int) -> bool:
    try:
        health = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=10, trust_env=False).json()
    except (httpx.HTTPError, ValueError):
        return False
    return bool(health["status"] == "ok")


def _answers(port: int, question: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        load.ask(connection, load.RasaConversation(), question)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return True
