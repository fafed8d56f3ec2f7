"""Examples: the utterances of an NLU file, in order."""

from __future__ import annotations

from pathlib import Path

from assistant.examples import read_examples, read_intents

FILE = """\
version: "3.1"
nlu:
- intent: thanks
  examples: |
    - 谢谢
    - 多谢 - 真的

- intent: greet
  examples: |
    - 你好

    - 在吗
"""


def written(folder: Path) -> Path:
    file = folder / "base.yml"
    file.write_text(FILE, encoding="utf-8")
    return file


def test_each_intent_comes_with_its_examples(tmp_path: Path) -> None:
    intents = read_intents(written(tmp_path))
    assert intents == {"thanks": ["谢谢", "多谢 - 真的"], "greet": ["你好", "在吗"]}
    assert list(intents) == ["thanks", "greet"]


def test_all_examples_come_in_the_files_order(tmp_path: Path) -> None:
    assert read_examples(written(tmp_path)) == ["谢谢", "多谢 - 真的", "你好", "在吗"]
