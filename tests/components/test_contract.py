"""What every component of config.yml promises to Rasa."""

from __future__ import annotations

import inspect

import pytest
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from tests.components.pipelines import CONFIG, OURS, Pipeline, component_class


def test_config_names_our_components_alone_and_each_once() -> None:
    assert len(OURS) == len(set(OURS)) == len(CONFIG)


@pytest.mark.parametrize("name", OURS)
def test_a_component_is_known_to_the_recipe(name: str) -> None:
    kind = component_class(name)
    assert DefaultV1Recipe._from_registry(kind.__name__).clazz is kind


@pytest.mark.parametrize("name", OURS)
def test_training_is_declared_as_rasa_reads_it(name: str) -> None:
    """Rasa finds a component's inputs by the names and annotations of its methods' parameters."""
    kind = component_class(name)
    assert DefaultV1Recipe._from_registry(kind.__name__).is_trainable is hasattr(kind, "train")
    for method in ("train", "process_training_data"):
        if hasattr(kind, method):
            parameters = inspect.signature(getattr(kind, method), eval_str=False).parameters
            assert list(parameters) == ["self", "training_data"]


@pytest.mark.parametrize("name", OURS)
def test_the_config_holds_only_options_that_the_component_has(name: str) -> None:
    written = next(item for item in CONFIG if item["name"] == name)
    assert set(written) - {"name"} <= set(component_class(name).get_default_config())


@pytest.mark.parametrize("name", OURS)
def test_needed_components_stand_before(name: str) -> None:
    names = [item["name"] for item in CONFIG]
    earlier = [component_class(other) for other in names[: names.index(name)]]
    for needed in component_class(name).required_components():
        assert any(issubclass(kind, needed) for kind in earlier)


@pytest.mark.parametrize("name", OURS)
def test_no_messages_stay_no_messages(pipeline: Pipeline, name: str) -> None:
    assert pipeline.components[name].process([]) == []


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("text", ["体验官招几个人", "", "？？？", "😀", "a" * 100, "/greet", "小店区\n阳曲县"])
def test_every_message_is_kept_whatever_it_holds(pipeline: Pipeline, name: str, text: str) -> None:
    messages = pipeline.before(name, text, "第二条消息怎么办")
    assert pipeline.components[name].process(messages)[: len(messages)] == messages


@pytest.mark.parametrize("text", ["", "   ", "？？？", "😀😀", "\n", "a", "１", "\u200b", "体" * 100])
def test_whatever_is_typed_gets_a_parse(pipeline: Pipeline, text: str) -> None:
    parse = pipeline.parse(text)
    assert parse[TEXT]
    assert parse[INTENT]["name"]
    assert 0 <= parse[INTENT]["confidence"] <= 1


@pytest.mark.parametrize("text", ["体验官招几个人", "小店的测评员给钱吗", "今天的笑话是什么", "下课歇几分钟，有工资吗"])
def test_a_model_read_anew_parses_the_same(pipeline: Pipeline, text: str) -> None:
    assert Pipeline(pipeline.folder, pipeline.training_data).parse(text) == pipeline.parse(text)


def test_training_leaves_every_example(pipeline: Pipeline) -> None:
    assert isinstance(pipeline.training_data, TrainingData)
    assert len(pipeline.training_data.intent_examples) == 31
