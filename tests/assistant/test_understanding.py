"""Understanding: Rasa's parse as plain data, with or without what our own components add."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding import FALLBACK_INTENT, Candidate, Entity, Understanding

PARSE: dict[str, Any] = {
    "text": "招几个人,有工资吗",
    "intent": {"name": "nlu_fallback", "confidence": 0.3},
    "intent_ranking": [
        {"name": "nlu_fallback", "confidence": 0.3},
        {"name": "inspector_headcount", "confidence": 0.25},
        {"name": "inspector_pay", "confidence": 0.2},
    ],
    "coverage": 0.7,
    "urgency": 0.4,
    "questions": [
        {"text": "招几个人", "intent": {"name": "inspector_headcount", "confidence": 0.9}, "coverage": 0.99},
        {"text": "有工资吗", "intent": {"name": "inspector_pay", "confidence": 0.8}, "coverage": 0.98, "urgency": 0.02},
    ],
}


def test_a_parse_is_read_with_its_questions() -> None:
    understanding = Understanding.from_parse(PARSE)
    assert understanding.text == "招几个人,有工资吗"
    assert not understanding.sure
    assert understanding.candidates == (Candidate("inspector_headcount", 0.25), Candidate("inspector_pay", 0.2))
    assert understanding.confidence == 0.25
    assert understanding.coverage == 0.7
    assert understanding.urgency == 0.4
    assert [part.urgency for part in understanding.parts] == [0.0, 0.02]
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


def test_entities_and_tokens_are_read_where_the_parse_holds_them() -> None:
    region = {"entity": "region", "start": 0, "end": 2, "value": "阳曲县", "extractor": "SpacyZh"}
    parse = {**PARSE, "text": "阳曲招几个人", "entities": [region], "text_tokens": [(0, 2), [2, 3], (3, 6)]}
    understanding = Understanding.from_parse(parse)
    assert understanding.entities == (Entity("region", "阳曲", "阳曲县"),)
    assert understanding.tokens == ("阳曲", "招", "几个人")
    assert (Understanding.from_parse(PARSE).entities, Understanding.from_parse(PARSE).tokens) == ((), ())


def test_an_entity_without_a_position_stands_for_the_whole_text() -> None:
    parse = {"text": "阳曲", "entities": [{"entity": "region", "value": "阳曲县"}]}
    assert Understanding.from_parse(parse).entities == (Entity("region", "阳曲", "阳曲县"),)
