"""The whole assistant as real processes, for tests: started by the launcher on free ports with a store of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

from assistant.settings import ROOT

#: Seconds that starting may take on a busy machine, and that stopping may.
START, STOP = 150.0, 30.0


class Stack:
    """rasa, actions and web under the launcher."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.port, self.rasa_port, self.actions_port = _free_ports(3)
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "BINGWEN_RASA_PORT": str(self.rasa_port),
            "BINGWEN_ACTIONS_PORT": str(self.actions_port),
            "BINGWEN_RATE_LIMIT": "0",
            "BINGWEN_STORE_URL": f"sqlite:///{folder / 'store.db'}",
            "BINGWEN_SECRET_FILE": str(folder / "secret"),
            "BINGWEN_VAR": str(folder),
            **variables,
        }
        self.log = folder / "log.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30, trust_env=False)

    def start(self) -> None:
        """Start everything and wait until the health is ok. Raises AssertionError with the log if it is not in time."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "launcher", "run"], cwd=ROOT, env=self._environment, stdout=output, stderr=output
            )
        self.wait_until(lambda: self.health()["status"] == "ok", START)

    def stop(self) -> int:
        """Ask everything to stop, as Ctrl-C does; returns the launcher's exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(STOP)

    def health(self) -> Mapping[str, Any]:
        """The health object; status "unreachable" while nothing answers."""
        try:
            report: Mapping[str, Any] = self.client.get("/healthz").json()
        except httpx.HTTPError:
            return {"status": "unreachable"}
        return report

    def wait_until(self, holds: Callable[[], bool], seconds: float) -> float:
        """Wait until `holds`; returns the seconds it took. Raises AssertionError with the log's end if never."""
        begun = time.monotonic()
        while not holds():
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() - begun > seconds:
                raise AssertionError("not in time; the log ends:\n" + self.log.read_text(encoding="utf-8")[-3000:])
            time.sleep(0.2)
        return time.monotonic() - begun

    def chat(self, message: str, conversation: str | None = None, region: str | None = None) -> dict[str, Any]:
        """One exchange; fails on any status but 200."""
        body = {"message": message, "conversation": conversation, "region": region}
        response = self.client.post("/api/chat", json=body)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def rest(self, message: str, sender: str) -> list[dict[str, Any]]:
        """One exchange over Rasa's REST channel."""
        url = f"http://127.0.0.1:{self.rasa_port}/webhooks/rest/webhook"
        items: list[dict[str, Any]] = httpx.post(
            url, json={"sender": sender, "message": message}, timeout=30, trust_env=False
        ).json()
        return items

    def kill(self, part: str, within: float) -> float:
        """Kill a part with SIGKILL and wait until another in its place answers and all is well; returns the seconds."""
        self.wait_until(lambda: self.process_id(part) is not None, within)
        pid = self.process_id(part)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        # The health is believed for two seconds, so the part itself is asked first.
        self.wait_until(lambda: self.process_id(part) not in (None, pid) and self._answers(part), within)
        self.wait_until(lambda: self.health()["status"] == "ok", within)
        return time.monotonic() - began

    def _answers(self, part: str) -> bool:
        url = {
            "rasa": f"http://127.0.0.1:{self.rasa_port}/",
            "actions": f"http://127.0.0.1:{self.actions_port}/health",
            "web": f"http://127.0.0.1:{self.port}/healthz",
        }[part]
        try:
            return httpx.get(url, timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def process_id(self, part: str) -> int | None:
        """The process that runs `part` now; None while there is none."""
        marks = {
            "rasa": ["--port", str(self.rasa_port)],
            "actions": ["--port", str(self.actions_port)],
            "web": ["-m", "web"],
        }
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                words = (folder / "cmdline").read_text().split("\0")
                variables = (folder / "environ").read_text(errors="replace").split("\0")
            except OSError:  # It ended while we looked.
                continue
            pairs = list(pairwise(words))
            if tuple(marks[part]) in pairs and (part != "web" or f"PORT={self.port}" in variables):
                return int(folder.name)
        return None


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports
