"""Checks: what residents ask and what the replies must hold, one YAML file a subject.

A check has a `question`, a `style` and either `expect`, regular expressions that the replies' text must all match, or
`kind`, the kinds of reply that are right, or both. The questions are nobody's training examples (a test sees to it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML

from assistant.settings import ROOT

_FOLDER = ROOT / "tests" / "content"


@dataclass(frozen=True)
class Check:
    """One question with what its replies must hold."""

    subject: str
    question: str
    style: str
    expect: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def problem(self, replies: Sequence[dict[str, Any]]) -> str | None:
        """What is wrong with the replies; None if nothing is."""
        text = "\n".join(reply["text"] for reply in replies)
        missing = [pattern for pattern in self.expect if not re.search(pattern, text)]
        if missing:
            return f"{missing} not in {text!r}"
        wrong = [reply["kind"] for reply in replies if self.kinds and reply["kind"] not in self.kinds]
        return f"{wrong} and not {self.kinds}: {text!r}" if wrong else None


def load_checks() -> list[Check]:
    """Every check of every subject, in a stable order."""
    checks = []
    for path in sorted(_FOLDER.glob("*.yml")):
        if path.name == "known_failures.yml":
            continue
        for item in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            kinds = tuple(item["kind"].split("|")) if "kind" in item else ()
            expect = tuple(str(pattern) for pattern in item.get("expect", ()))
            checks.append(Check(path.stem, item["question"], item["style"], expect, kinds))
    return checks


def known_failures() -> set[str]:
    """Questions that are known to be answered wrongly or not at all; each of them really fails (a test sees to it)."""
    return set(YAML(typ="safe").load((_FOLDER / "known_failures.yml").read_text(encoding="utf-8")) or ())
