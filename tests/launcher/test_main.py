"""The command line: exit codes and messages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import ROOT
from tests.folders import DataFolder


def launcher(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "launcher", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_good_data_are_valid_whatever_looks_alike(folder: DataFolder, tmp_path: Path) -> None:
    shutil.copy(ROOT / "data" / "knowledge" / "inspectors.yml", folder.path / "knowledge")
    with folder.edit("knowledge/inspectors.yml") as document:  # The stories speak of two of its entries.
        told = ("inspector_headcount", "inspector_eligibility_check")
        document["entries"] = [entry | {"related": []} for entry in document["entries"] if entry["id"] in told]
    result = launcher("validate", BINGWEN_DATA=str(folder.path), BINGWEN_VAR=str(tmp_path / "var"))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("==> Knowledge is valid: ")
    assert "【紧急】" in result.stdout


@pytest.mark.parametrize("command", ["validate", "train", "run"])
def test_no_command_goes_on_with_bad_data(folder: DataFolder, command: str) -> None:
    (folder.path / "contacts.yml").unlink()
    result = launcher(command, BINGWEN_DATA=str(folder.path))
    assert result.returncode == 1
    assert "contacts.yml: 文件不存在" in result.stderr


def test_a_setting_that_cannot_be_used_is_named() -> None:
    result = launcher("validate", PORT="eight")
    assert result.returncode == 2
    assert "PORT='eight' must be of type int" in result.stderr


def test_an_unknown_command_is_refused() -> None:
    assert launcher("fly").returncode == 2
