"""Understanding: Rasa's parse as plain data, with or without what our own components add."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding import FALLBACK_INTENT, Candidate, Understanding

PARSE: dict[str, Any] = {
    "text": "招几个人,有工资吗",
    "intent": {"name": "nlu_fallback", "confidence": 0.3},
    "intent_ranking": [
        {"name": "nlu_fallback", "confidence": 0.3},
        {"name": "inspector_headcount", "confidence": 0.25},
        {"name": "inspector_pay", "confidence": 0.2},
    ],
    "coverage": 0.7,
    "questions": [
        {"text": "招几个人", "intent": {"name": "inspector_headcount", "confidence": 0.9}, "coverage": 0.99},
        {"text": "有工资吗", "intent": {"name": "inspector_pay", "confidence": 0.8}, "coverage": 0.98},
    ],
}


def test_a_parse_is_read_with_its_questions() -> None:
    understanding = Understanding.from_parse(PARSE)
    assert understanding.text == "招几个人,有工资吗"
    assert not understanding.sure
    assert understanding.candidates == (Candidate("inspector_headcount", 0.25), Candidate("inspector_pay", 0.2))
    assert understanding.confidence == 0.25
    assert understanding.coverage == 0.7
    assert [part.intent for part in understanding.parts] == ["inspector_headcount", "inspector_pay"]
    assert all(part.sure for part in understanding.parts)


def test_a_sure_intent_is_sure() -> None:
    ranking = [{"name": "greet", "confidence": 0.97}]
    understanding = Understanding.from_parse({"text": "你好", "intent": ranking[0], "intent_ranking": ranking})
    assert understanding.sure
    assert understanding.intent == "greet"
    assert understanding.confidence == 0.97


@pytest.mark.parametrize(
    "parse",
    [
        {},
        {"text": None, "intent": None, "intent_ranking": None, "coverage": None, "questions": None},
        {"text": "", "intent": {"name": None, "confidence": 0.0}, "intent_ranking": []},
    ],
)
def test_a_parse_without_an_intent_is_not_understood(parse: dict[str, Any]) -> None:
    assert Understanding.from_parse(parse) == Understanding("", FALLBACK_INTENT)
    assert Understanding.from_parse(parse).confidence == 0
