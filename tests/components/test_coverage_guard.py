"""CoverageGuard: the fallback first where a question is not covered or the classifier not sure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from assistant.coverage import Coverage
from assistant.thresholds import Thresholds
from assistant.understanding import FALLBACK_INTENT
from components.coverage_guard import COVERAGE, CoverageGuard
from tests.components.conftest import INTENTS
from tests.components.pipelines import Pipeline, load

NAME = "components.coverage_guard.CoverageGuard"


class Fixed(Coverage):
    """Finds every question covered to the same degree."""

    def __init__(self, coverage: float) -> None:
        self._coverage = coverage

    def probabilities(self, counts: Any, vectors: Any, named: Any, candidates: Any) -> Any:
        return np.full(len(vectors), self._coverage)


@pytest.fixture
def guard(pipeline: Pipeline) -> CoverageGuard:
    """The trained guard with plain thresholds: sure from 0.5, covered from 0.8, confidence no evidence."""
    guard = load(NAME, pipeline.folder)
    assert isinstance(guard, CoverageGuard)
    values = {**vars(guard._thresholds), "answer": 0.5, "coverage": 0.8, "confidence_weight": 0.0}
    guard._thresholds = Thresholds(**values)
    return guard


def judged(pipeline: Pipeline, guard: CoverageGuard, intent: str, confidence: float, coverage: float) -> Message:
    guard._coverage = Fixed(coverage)
    (message,) = pipeline.before(NAME, "体验官招几个人")
    ranking = [{"name": intent, "confidence": confidence}, {"name": "lift_visit", "confidence": 0.1}]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    guard.process([message])
    return message


@pytest.mark.parametrize(
    ("intent", "confidence", "coverage", "kept"),
    [
        ("inspector_pay", 0.5, 0.8, True),
        ("inspector_pay", 0.9, 0.99, True),
        ("inspector_pay", 0.49, 0.99, False),
        ("inspector_pay", 0.99, 0.79, False),
        ("greet", 0.5, 0.0, True),  # Greetings are covered by nothing.
        ("greet", 0.49, 0.99, False),
    ],
)
def test_an_intent_is_kept_only_when_it_is_sure_and_covered(
    pipeline: Pipeline, guard: CoverageGuard, intent: str, confidence: float, coverage: float, kept: bool
) -> None:
    message = judged(pipeline, guard, intent, confidence, coverage)
    assert message.get(INTENT)["name"] == (intent if kept else FALLBACK_INTENT)
    assert [item["name"] for item in message.get(INTENT_RANKING_KEY)][-2:] == [intent, "lift_visit"]
    assert message.get(COVERAGE) == pytest.approx(coverage, abs=0.001)
    assert {INTENT, INTENT_RANKING_KEY, COVERAGE} <= message.output_properties


def test_the_fallback_stands_before_the_ranking_that_it_replaces(pipeline: Pipeline, guard: CoverageGuard) -> None:
    message = judged(pipeline, guard, "inspector_pay", 0.9, 0.3)
    ranking = message.get(INTENT_RANKING_KEY)
    assert ranking[0] == message.get(INTENT)
    assert ranking[0]["confidence"] == pytest.approx(0.7, abs=0.001)
    assert [item["name"] for item in ranking] == [FALLBACK_INTENT, "inspector_pay", "lift_visit"]


def test_known_questions_are_covered_better_than_foreign_ones(pipeline: Pipeline, guard: CoverageGuard) -> None:
    def coverage(*texts: str) -> float:
        messages = guard.process(pipeline.before(NAME, *texts))
        return float(sum(message.get(COVERAGE) for message in messages) / len(messages))

    foreign = coverage(*INTENTS["not_covered_chat"])
    for intent in ("inspector_headcount", "inspector_pay", "lift_visit", "school_break"):
        assert coverage(*INTENTS[intent]) > foreign + 0.1
