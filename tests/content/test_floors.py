"""Quality does not fall below its floors: the trained model, and the running assistant in conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from benchmarks.quality import content, dialogues, outside, urgency
from benchmarks.quality.figures import Part
from benchmarks.quality.floors import fallen, read_floors
from benchmarks.quality.respondent import Respondent
from tests.conftest import TODAY
from tests.stack.processes import Stack

FLOORS = read_floors()


@pytest.fixture(scope="module")
def respondent(archive: Path) -> Respondent:
    return Respondent(Settings(today=TODAY))


def assert_held(part: Part) -> None:
    assert any(figure.name in FLOORS for figure in part.figures)
    assert fallen(part.figures, FLOORS) == [], part.failures


def test_content_checks(respondent: Respondent) -> None:
    assert_held(content.measure(respondent))


def test_what_is_not_covered(respondent: Respondent) -> None:
    assert_held(outside.measure(respondent))


def test_emergencies(respondent: Respondent) -> None:
    assert_held(urgency.measure(respondent))


def test_dialogues(stack: Stack) -> None:
    assert_held(dialogues.measure(stack.chat))


def test_the_eligibility_form(stack: Stack, respondent: Respondent) -> None:
    assert_held(dialogues.measure_form(stack.chat, respondent.assistant.wording))
