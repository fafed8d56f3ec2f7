"""Prefix: each process's output behind its name, while supervisord hears its protocol."""

from __future__ import annotations

import io

import pytest

from launcher import prefix


class EndError(Exception):
    """There are no more events."""


class Events(io.StringIO):
    """What supervisord writes to a listener, until it stops."""

    def readline(self, *size: int) -> str:  # type: ignore[override]
        line = super().readline(*size)
        if not line:
            raise EndError
        return line


def event(name: str, output: str) -> str:
    payload = f"processname:{name} groupname:{name} pid:1 channel:stdout\n{output}"
    head = "ver:3.0 server:supervisor serial:1 pool:prefix poolserial:1 eventname:PROCESS_LOG"
    return f"{head} len:{len(payload)}\n{payload}"


def test_lines_are_printed_behind_the_name_and_every_event_is_acknowledged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    events = event("rasa", "loading\n\nready: 太原\n") + event("actions", "started")
    monkeypatch.setattr("sys.stdin", Events(events))
    with pytest.raises(EndError):
        prefix.main()
    heard = capsys.readouterr()
    assert heard.err == "   rasa | loading\n   rasa | ready: 太原\nactions | started\n"
    assert heard.out == "READY\nRESULT 2\nOK" * 2 + "READY\n"
