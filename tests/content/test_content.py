"""The running assistant tells what the page tells, and no more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.normalize import bare
from assistant.service import Assistant
from benchmarks.quality.checks import Check, known_failures, load_checks
from tests.stack.processes import Stack

CHECKS = load_checks()
KNOWN = known_failures()
#: The share of checks that must hold, and the fewest checks a subject needs (the project's own bar).
FLOOR, FEWEST = 0.97, 15


def _parameter(check: Check) -> object:
    # Strict: a known failure that holds again must leave the list.
    marks = [pytest.mark.xfail(strict=True, reason="listed in known_failures.yml")] if check.question in KNOWN else []
    return pytest.param(check, marks=marks, id=f"{check.subject}: {check.question}")


@pytest.mark.parametrize("check", [_parameter(check) for check in CHECKS])
def test_the_reply_holds_what_the_page_tells(stack: Stack, check: Check) -> None:
    problem = check.problem(stack.chat(check.question)["replies"])
    assert problem is None, problem


def test_known_failures_are_few_and_are_checks() -> None:
    covered = [check for check in CHECKS if check.subject != "not_covered"]
    assert {check.question for check in CHECKS} >= KNOWN
    assert sum(check.question in KNOWN for check in covered) <= (1 - FLOOR) * len(covered)


def test_every_subject_has_enough_checks(assistant: Assistant) -> None:
    counts = Counter(check.subject for check in CHECKS)
    subjects = {topic.id for topic in assistant.knowledge.topics} - {"hotlines"}  # National numbers, not the page.
    assert {subject for subject in subjects if counts[subject] < FEWEST} == set()
    assert sum(counts[subject] for subject in subjects) >= 300


def test_no_check_is_a_training_question(assistant: Assistant) -> None:
    learnt = {bare(question) for entry in assistant.knowledge for question in (entry.title, *entry.questions)}
    for path in (Path("data/nlu")).glob("*.yml"):
        for item in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            learnt |= {bare(line.removeprefix("- ")) for line in item["examples"].splitlines()}
    assert {check.question for check in CHECKS if bare(check.question) in learnt} == set()
