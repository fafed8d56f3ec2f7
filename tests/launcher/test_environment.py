"""Environment: what every child process gets beside this process's own variables."""

from __future__ import annotations

import os

import pytest

from launcher.environment import child_environment


def test_children_inherit_this_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINGWEN_TODAY", "2026-04-01")
    assert child_environment()["BINGWEN_TODAY"] == "2026-04-01"


def test_nothing_is_reported_to_third_parties_and_nothing_listens_to_other_hosts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    monkeypatch.setenv("SANIC_HOST", "0.0.0.0")
    environment = child_environment()
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["SANIC_HOST"] == "127.0.0.1"
    assert environment["OMP_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"


def test_this_process_keeps_its_own_environment() -> None:
    before = dict(os.environ)
    child_environment()["NEW"] = "1"
    assert dict(os.environ) == before
