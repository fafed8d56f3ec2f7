"""`make ask`: the trained model and the steps explain themselves on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answering import STEPS
from assistant.settings import ROOT
from launcher.environment import child_environment


@pytest.fixture(scope="module")
def told(archive: Path) -> subprocess.CompletedProcess[str]:
    """What is printed for an emergency beside a telephone number."""
    message = "/我手機被骗子控制了，我电话13812345678，怎么办？"
    return subprocess.run(
        [sys.executable, "-m", "launcher", "ask", "--", message],
        cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_a_question_is_explained_from_its_words_to_its_reply(told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 0, told.stderr[-2000:]
    lines = told.stdout.splitlines()
    assert "规范后　我手机被骗子控制了" in told.stdout
    assert "分词　　我 / 手机 / " in told.stdout
    assert "认定　　fraud_remote_control《" in told.stdout
    assert any(line.startswith("　2. ✓") and "urgent" in line for line in lines)
    assert all(f"（{step.__name__}）" in told.stdout for step in STEPS)
    assert any(line.startswith("回复　　紧急处置 fraud_remote_control《") for line in lines)
    assert "110" in told.stdout


def test_nothing_else_is_printed_and_the_wait_is_announced(told: subprocess.CompletedProcess[str]) -> None:
    assert told.stdout.startswith("隐去　　[手机号]")
    assert told.stderr.startswith("==> 正在载入模型")
    assert "Warning" not in told.stderr + told.stdout


def test_personal_data_are_masked_before_anything_is_understood(told: subprocess.CompletedProcess[str]) -> None:
    assert "13812345678" not in told.stdout + told.stderr
    assert "[手机号]" in told.stdout
