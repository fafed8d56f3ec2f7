"""Examples: the utterances in a Rasa NLU file, for those who need them without Rasa."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML


def read_intents(file: Path) -> dict[str, list[str]]:
    """Each intent of an NLU file with its examples, in the file's order."""
    items = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]
    return {
        item["intent"]: [line.removeprefix("- ").strip() for line in item["examples"].splitlines() if line.strip()]
        for item in items
    }


def read_examples(file: Path) -> list[str]:
    """All examples of an NLU file."""
    return [example for examples in read_intents(file).values() for example in examples]
