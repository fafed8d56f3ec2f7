"""LinearIntentClassifier: a ranking of intents with confidences."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, METADATA_EXAMPLE, TEXT

from components.knowledge_importer import is_statement
from tests.components.conftest import INTENTS
from tests.components.pipelines import Pipeline, create

NAME = "components.linear_intent_classifier.LinearIntentClassifier"
TAUGHT = {intent for intent in INTENTS if not intent.startswith("not_covered_")}


@pytest.mark.parametrize("intent", sorted(TAUGHT))
def test_examples_are_recognised(pipeline: Pipeline, intent: str) -> None:
    messages = pipeline.components[NAME].process(pipeline.before(NAME, *INTENTS[intent]))
    assert [message.get(INTENT)["name"] for message in messages] == [intent] * len(messages)


@pytest.mark.parametrize("text", ["体验官招几个人呀", "今天天气怎么样", "无"])
def test_the_ranking_is_sorted_sums_to_one_and_begins_with_the_intent(pipeline: Pipeline, text: str) -> None:
    (message,) = pipeline.components[NAME].process(pipeline.before(NAME, text))
    ranking = message.get(INTENT_RANKING_KEY)
    confidences = [item["confidence"] for item in ranking]
    assert ranking[0] == message.get(INTENT)
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=0.001)
    assert {item["name"] for item in ranking} == TAUGHT
    assert {INTENT, INTENT_RANKING_KEY} <= message.output_properties


def test_what_is_not_covered_is_no_intent_of_its_own(pipeline: Pipeline) -> None:
    messages = pipeline.components[NAME].process(pipeline.before(NAME, *INTENTS["not_covered_chat"]))
    names = {item["name"] for message in messages for item in message.get(INTENT_RANKING_KEY)}
    assert names == TAUGHT


def test_the_ranking_is_as_long_as_configured(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> None:
    component = create(NAME, tmp_path_factory.mktemp("short"))
    component._config["ranking_length"] = 2
    component.train(pipeline.training_data)
    (message,) = component.process(pipeline.before(NAME, "体验官招几个人"))
    assert len(message.get(INTENT_RANKING_KEY)) == 2


def test_sentences_of_answers_teach_too(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> None:
    statements = pipeline.before(NAME, "名单张贴在县政府大院的公告栏", "名单也登在县报第二版")
    for message in statements:
        message.set(INTENT, "lift_visit")
        message.set(METADATA, {METADATA_EXAMPLE: {"statement": True}})
        assert is_statement(message)
    data = type(pipeline.training_data)([*pipeline.training_data.training_examples, *statements])
    component = create(NAME, tmp_path_factory.mktemp("statements"))
    component.train(data)
    (message,) = component.process(pipeline.before(NAME, "公告栏在大院里吗"))
    assert message.get(TEXT) == "公告栏在大院里吗"
    assert message.get(INTENT)["name"] == "lift_visit"
