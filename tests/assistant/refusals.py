"""Mistakes put into a data folder, and why the knowledge in it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.knowledge import KnowledgeError
from assistant.validation import load_knowledge
from tests.folders import DataFolder

#: Stands for a field that is taken away.
GONE = object()


def problems_in(folder: DataFolder) -> list[str]:
    """Why the folder is refused."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder.path)
    return caught.value.problems


def the_problem_in(folder: DataFolder) -> str:
    """The only reason why the folder is refused."""
    problems = problems_in(folder)
    assert len(problems) == 1, problems
    return problems[0]


def change(item: dict[str, Any], key: str, value: Any) -> None:
    """Set or take away a field, `valid.from` standing for one inside another."""
    *parents, last = key.split(".")
    for parent in parents:
        item = item.setdefault(parent, {})
    if value is GONE:
        del item[last]
    else:
        item[last] = value
