"""Dialogues: whole conversations with the running assistant, over its public interface."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from ruamel.yaml import YAML

from assistant.wording import Wording
from benchmarks.quality.figures import Part, share
from benchmarks.quality.outside import FOLDER
from benchmarks.quality.respondent import ANSWERS

#: Sends a message in a conversation (its token, or None for a new one); gives the contract's response.
Ask = Callable[[str, str | None], dict[str, Any]]


def measure(ask: Ask) -> Part:
    """Shares of conversations of which every turn is right."""
    groups: dict[str, list[bool]] = defaultdict(list)
    failures = []
    for item in _read("dialogues.yml"):
        problem = problem_of(ask, item["turns"])
        groups["dialogues.all"].append(problem is None)
        groups[f"dialogues.{item['kind']}"].append(problem is None)
        if problem:
            failures.append(f"{item['kind']}: {problem}")
    return Part("Dialogues", [share(name, groups[name]) for name in sorted(groups)], failures=failures)


def problem_of(ask: Ask, turns: Sequence[dict[str, Any]]) -> str | None:
    """The first turn that goes wrong, in words; None if none does."""
    token, said = None, []
    for turn in turns:
        response = ask(str(turn["say"]), token)
        token = response["conversation"]
        text = "\n".join(reply["text"] for reply in response["replies"])
        said.append(f"{turn['say']} → {text[:60]}")
        missing = [pattern for pattern in turn.get("expect", ()) if not re.search(str(pattern), text)]
        answered = {reply["kind"] for reply in response["replies"]} & set(ANSWERS)
        if missing or (turn.get("not") == "answer" and answered):
            return " | ".join(said) + f" (lacks {missing})" * bool(missing)
    return None


def measure_form(ask: Ask, wording: Wording) -> Part:
    """Shares of eligibility interviews that end in the right verdict."""
    groups: dict[str, list[bool]] = defaultdict(list)
    failures = []
    for item in _read("eligibility.yml"):
        token, text = None, ""
        for turn in item["turns"]:
            response = ask(str(turn), token)
            token = response["conversation"]
            text = "\n".join(reply["text"] for reply in response["replies"])
        right = wording[f"eligibility_{item['expect']}"] in text
        groups["eligibility.all"].append(right)
        groups[f"eligibility.{item['expect']}"].append(right)
        if not right:
            failures.append(f"{item['expect']}: {' / '.join(map(str, item['turns']))} → {text[:60]}")
    return Part("Eligibility form", [share(name, groups[name]) for name in sorted(groups)], failures=failures)


def _read(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))
    return items
