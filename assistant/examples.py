"""Examples: the utterances that are learnt from, for those who need them without Rasa."""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML

from assistant.knowledge import Entry
from assistant.validation import load_knowledge

_SENTENCE_ENDS = re.compile(r"[。；\n]")
_SHORTEST_STATEMENT = 6


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


def questions(entry: Entry) -> list[str]:
    """What the entry answers: its title is the first of its questions."""
    return [entry.title, *entry.questions]


def statements(entry: Entry) -> list[str]:
    """What the entry states, sentence by sentence: words that a question about it may hold and no example does.

    Urgent entries tell what to do, not what is asked, so theirs are left out. A sentence that several entries
    share would teach nothing and is left to those who write the answers.
    """
    if entry.urgent:
        return []
    sentences = [sentence.strip() for sentence in _SENTENCE_ENDS.split(f"{entry.answer}。{entry.script}")]
    return [sentence for sentence in dict.fromkeys(sentences) if len(sentence) >= _SHORTEST_STATEMENT]


def all_examples(folder: Path) -> list[str]:
    """Every example of the data in `folder`: those of its NLU files, and what its entries are asked and state."""
    files = sorted((folder / "nlu").glob("*.yml"))
    entries = load_knowledge(folder)
    return [
        *(example for file in files for example in read_examples(file)),
        *(text for entry in entries for text in (*questions(entry), *statements(entry))),
    ]
