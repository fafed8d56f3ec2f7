"""The root stays a normal Rasa project: Rasa's own commands work in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from assistant.settings import ROOT
from launcher.environment import child_environment


def _rasa(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=ROOT, env=child_environment(), input=said, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_rasa_data_validate_finds_nothing_to_refuse() -> None:
    result = _rasa("data", "validate")
    assert result.returncode == 0, result.stderr[-2000:]
    assert "No story structure conflicts found" in result.stderr + result.stdout


def test_rasa_shell_nlu_understands(archive: Path) -> None:
    result = _rasa("shell", "nlu", "--model", str(archive), said="体验官一共招多少人\n/stop\n")
    assert '"inspector_headcount"' in result.stdout, result.stderr[-2000:]


def test_rasa_test_core_follows_every_story(archive: Path, tmp_path: Path) -> None:
    _rasa("test", "core", "--stories", "tests/conversations", "--model", str(archive), "--out", str(tmp_path))
    # The exit code is 0 with failing stories and with a missing model: the report decides.
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    assert report["conversation_accuracy"]["accuracy"] == 1.0
    assert report["conversation_accuracy"]["total"] >= 5
