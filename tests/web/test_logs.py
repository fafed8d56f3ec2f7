"""Logs: one line of JSON for each thing that happened."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from web.logs import OneLine, log, log_failure


def formatted(caplog: pytest.LogCaptureFixture) -> dict[str, object]:
    line = OneLine().format(caplog.records[-1])
    assert "\n" not in line
    return dict(json.loads(line))


def test_an_event_is_one_line_with_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    log("message", kind="answer", latency_ms=12)
    line = formatted(caplog)
    assert (line["event"], line["kind"], line["latency_ms"], line["level"]) == ("message", "answer", 12, "info")
    assert str(line["at"]).endswith("+00:00")


def test_a_failure_tells_type_and_place_and_not_the_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("我写的话")
    except ValueError as error:
        log_failure("search-failed", error)
    line = formatted(caplog)
    assert line["error"] == "ValueError"
    assert "test_logs.py:" in str(line["place"])
    assert "我写的话" not in json.dumps(line, ensure_ascii=False)


def test_a_traceback_stays_on_the_line_and_quotes_nobody() -> None:
    words = "我写" + "的话"
    try:
        raise ValueError(words)
    except ValueError:
        record = logging.LogRecord("uvicorn", logging.ERROR, "x", 1, "crashed", (), sys.exc_info())
    line = OneLine().format(record)
    assert "\n" not in line
    assert json.loads(line)["error"] == "ValueError"
    assert "test_logs.py" in json.loads(line)["traceback"]
    assert words not in line
