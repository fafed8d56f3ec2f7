"""QuestionCollector: the single questions' parses, folded back into their message."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding import Understanding
from components.coverage_guard import COVERAGE
from components.question_collector import QUESTIONS, QuestionCollector
from components.question_splitter import PART
from components.urgency_detector import URGENCY
from tests.components.pipelines import Pipeline, create


@pytest.fixture
def collector(tmp_path: Path) -> QuestionCollector:
    component = create("components.question_collector.QuestionCollector", tmp_path)
    assert isinstance(component, QuestionCollector)
    return component


def test_questions_are_folded_into_the_first_message(collector: QuestionCollector) -> None:
    whole = Message(data={TEXT: "招几个人,有工资吗"})
    parts = [Message(data={TEXT: text, PART: True, COVERAGE: 0.9}) for text in ("招几个人", "有工资吗")]
    (message,) = collector.process([whole, *parts])
    assert message is whole
    questions = message.as_dict(only_output_properties=True)[QUESTIONS]
    assert [question[TEXT] for question in questions] == ["招几个人", "有工资吗"]
    assert [question[COVERAGE] for question in questions] == [0.9, 0.9]


def test_a_message_without_questions_gets_none(collector: QuestionCollector) -> None:
    (message,) = collector.process([Message(data={TEXT: "招几个人"})])
    assert QUESTIONS not in message.as_dict(only_output_properties=True)


def test_a_parse_holds_what_was_understood_of_each_question_and_no_tokens(pipeline: Pipeline) -> None:
    parse = pipeline.parse("体验官招几个人？课间休息多长时间？")
    assert "text_tokens" not in parse
    assert [question[TEXT] for question in parse[QUESTIONS]] == ["体验官招几个人", "课间休息多长时间"]
    for question in parse[QUESTIONS]:
        assert set(question) == {TEXT, INTENT, INTENT_RANKING_KEY, URGENCY, COVERAGE, ENTITIES}


def test_the_assistant_understands_the_parse(pipeline: Pipeline) -> None:
    understanding = Understanding.from_parse(pipeline.parse("体验官招几个人？课间休息多长时间？"))
    first, second = understanding.parts
    assert first.candidates[0].intent == "inspector_headcount"
    assert second.candidates[0].intent == "school_break"
