"""Asking without a question or without a model: what to do is said, and nothing is loaded."""

from __future__ import annotations

import pytest

from launcher import model
from tests.folders import DataFolder
from tests.launcher.test_main import launcher


@pytest.mark.parametrize("arguments", [[], [""], ["  　\n"]])
def test_without_a_question_it_is_said_how_to_ask(arguments: list[str]) -> None:
    result = launcher("ask", *arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == '请写出要问的话，例如：make ask Q="手机被控制了怎么办"\n'


def test_without_a_model_of_the_files_as_they_are_it_is_said_how_to_train_one(folder: DataFolder) -> None:
    result = launcher("ask", "体验官招几个人", BINGWEN_DATA=str(folder.path))
    assert result.returncode == 1
    assert result.stdout == ""
    assert f"models/{model.current(folder.settings()).name}" in result.stderr
    assert "make train" in result.stderr
