"""Content: whether replies hold what the page tells, by subject and by style of asking."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.quality.checks import Check, load_checks
from benchmarks.quality.figures import Part, share
from benchmarks.quality.respondent import Respondent

#: Styles whose checks are put together, because the bars are: asked straight, and asked as people talk.
_PLAIN = ("plain", "clipped", "spoken", "premise", "unpublished")
TALKED = ("rambling", "dialect", "voice", "elderly", "second_hand", "angry")
#: Checks of what is not covered; `outside` measures that on more.
_NOT_COVERED = "not_covered"


def covered_checks() -> list[Check]:
    """Every check of a subject that the knowledge covers."""
    return [check for check in load_checks() if check.subject != _NOT_COVERED]


def holds(respondent: Respondent, check: Check, question: str | None = None) -> bool:
    """Whether the reply to the check's question, or to another wording of it, holds what it must."""
    return check.problem(respondent.contract(question or check.question)) is None


def measure(respondent: Respondent) -> Part:
    """Shares of checks that hold."""
    groups: dict[str, list[bool]] = defaultdict(list)
    failures = []
    for check in load_checks():
        passed = holds(respondent, check)
        if not passed:
            failures.append(f"{check.subject}, {check.style}: {check.question}")
        if check.subject == _NOT_COVERED:
            groups["content.not_covered"].append(passed)
            continue
        names = ["content.all", f"content.subject.{check.subject}", f"content.style.{check.style}"]
        names += ["content.plain"] if check.style in _PLAIN else []
        names += ["content.talked"] if check.style in TALKED else []
        for name in names:
            groups[name].append(passed)
    return Part("Content checks", [share(name, groups[name]) for name in sorted(groups)], failures=failures)
