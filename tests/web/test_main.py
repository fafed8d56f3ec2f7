"""`python -m web`: the process itself."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx

from assistant.settings import ROOT

COMMAND = [sys.executable, "-m", "web"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    own = {
        "PORT": str(free_port()),
        "BINGWEN_RASA_PORT": "1",
        "BINGWEN_ACTIONS_PORT": "1",
        "BINGWEN_STORE_URL": f"sqlite:///{tmp_path}/store.db",
        "BINGWEN_SECRET_FILE": str(tmp_path / "secret"),
        "BINGWEN_RATE_LIMIT": "1",
        "OMP_NUM_THREADS": "1",
    }
    return {**os.environ, **own, **more}


def test_the_process_serves_alone_keeps_what_it_answered_and_ends_when_told(tmp_path: Path) -> None:
    env = environment(tmp_path)
    with subprocess.Popen(COMMAND, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{env['PORT']}", trust_env=False) as client:
                deadline = time.monotonic() + 60
                while True:
                    try:
                        health = client.get("/healthz").json()
                        break
                    except httpx.TransportError:
                        assert process.poll() is None
                        assert time.monotonic() < deadline
                        time.sleep(0.1)
                assert health["status"] == "degraded"
                forwarded = {"X-Forwarded-For": "9.9.9.9"}
                answered = client.post("/api/chat", json={"message": "体验官招几个人"}, headers=forwarded)
                assert answered.json()["degraded"] is True
                # Nobody is trusted here: another claimed address is no other client.
                refused = client.post("/api/chat", json={"message": "体验官招几个人"})
                assert refused.status_code == 429
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM)
    assert "体验官" not in errors
    assert sqlite3.connect(tmp_path / "store.db").execute("select count(*) from exchanges").fetchone()[0] >= 1


def test_settings_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    env = environment(tmp_path, PORT="many")
    done = subprocess.run(COMMAND, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_proxies_that_are_no_addresses_are_named(tmp_path: Path) -> None:
    env = environment(tmp_path, BINGWEN_TRUSTED_PROXIES="proxy.example")
    done = subprocess.run(COMMAND, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "proxy.example" in done.stderr
    assert "Traceback" not in done.stderr
