"""Evaluate: how many content checks hold, and how much talk that is not covered would be answered.

The trained model and the answering steps run in this process; no server is needed. With `--bench`, a folder that
holds `oos_dev.tsv` (`text<TAB>source`, real utterances that no public-service assistant covers) is measured too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.shared.exceptions import RasaException

from assistant.answering import Context
from assistant.interview import ENTRY as ELIGIBILITY
from assistant.reply import Reply
from assistant.service import Assistant
from assistant.settings import ROOT, Settings, get_settings
from benchmarks.checks import ANSWERS, load_checks
from benchmarks.model import Model
from launcher import model

#: The largest share of uncovered talk that may get an answer.
BAR = 0.02


class Respondent:
    """Answers single questions as the running assistant does at the beginning of a conversation."""

    def __init__(self, settings: Settings) -> None:
        self._model = Model(model.current(settings))
        self._assistant = Assistant.load(settings)

    def replies(self, message: str) -> list[Reply]:
        """The replies to `message`, the first in its conversation."""
        understanding = self._model.understand(message)
        if understanding.intent == ELIGIBILITY:
            return [self._assistant.interview().ask_age(again=False)]
        return list(self._assistant.respond(understanding, Context(), message).replies)

    def contract(self, message: str) -> list[dict[str, Any]]:
        """The replies in the contract's form."""
        return [reply.as_dict(self._assistant.today()) for reply in self.replies(message)]


def content(respondent: Respondent) -> tuple[dict[str, list[int]], list[str]]:
    """Checks that hold and all checks, by subject and by style; and the questions whose check fails."""
    table: dict[str, list[int]] = {}
    failed = []
    for check in load_checks():
        holds = check.problem(respondent.contract(check.question)) is None
        if not holds:
            failed.append(check.question)
        for name in (check.subject, f"style: {check.style}"):
            row = table.setdefault(name, [0, 0])
            row[0] += holds
            row[1] += 1
    return table, failed


def uncovered(respondent: Respondent, file: Path) -> tuple[Counter[str], list[str]]:
    """How often each kind of reply met a line of `file`, and the lines that got an answer."""
    kinds: Counter[str] = Counter()
    answered = []
    for line in _texts(file):
        found = {reply.kind for reply in respondent.replies(line)}
        kinds.update(found)
        if found & set(ANSWERS):
            answered.append(line)
    return kinds, answered


def _texts(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield line.split("\t")[0]


def main(settings: Settings) -> int:
    """Print and keep the report; 1 if more uncovered talk is answered than the bar allows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluate", description=__doc__)
    parser.add_argument("--bench", default="", help="folder with oos_dev.tsv")
    bench = parser.parse_args().bench
    try:
        respondent = Respondent(settings)
    except (FileNotFoundError, RasaException) as error:
        print(error, file=sys.stderr)
        return 2
    table, failed = content(respondent)
    report: dict[str, Any] = {"checks": table, "failed": failed}
    print(f"{'checks':<28}{'hold':>6}{'of':>6}")
    for name in sorted(table):
        print(f"{name:<28}{table[name][0]:>6}{table[name][1]:>6}")
    for question in failed:
        print(f"  fails: {question}")
    within = True
    file = Path(bench) / "oos_dev.tsv" if bench else None
    if file and file.is_file():
        kinds, answered = uncovered(respondent, file)
        lines = sum(1 for _ in _texts(file))
        share = len(answered) / lines
        within = share <= BAR
        report["uncovered"] = {"lines": lines, "kinds": kinds, "answered": len(answered), "share": share}
        print(f"uncovered talk ({file.name}): {len(answered)} of {lines} lines answered = {share:.4f} (bar {BAR})")
        print("  " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    else:
        print("uncovered talk: not measured, no folder with oos_dev.tsv was given (make evaluate BENCH=folder)")
    target = ROOT / "reports" / "evaluation.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=2), encoding="utf-8")
    print(f"kept in {target.relative_to(ROOT)}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(get_settings()))
