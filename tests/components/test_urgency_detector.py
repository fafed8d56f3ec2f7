"""UrgencyDetector: how likely an emergency is happening, learnt from urgent entries against everything else."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.understanding import Understanding
from components.knowledge_importer import is_urgent
from components.urgency_detector import URGENCY
from tests.components.conftest import INTENTS
from tests.components.pipelines import Pipeline, create, examples

NAME = "components.urgency_detector.UrgencyDetector"
#: Questions of urgent entries, as the importer marks them, and lines beside the knowledge, which carry no mark.
ENTRIES = {
    "fraud_control": ["手机被人远程控制了", "屏幕自己在动", "电脑被骗子控制了怎么办", "手机自己在转账"],
    "fraud_sent": ["我刚把钱转给骗子了", "钱转出去了对方把我拉黑了", "刚被骗了三万怎么办", "验证码告诉骗子了"],
}
BESIDE = {
    "fraud_control": ["光标自己跑快救救我", "屏幕黑了短信一直说扣钱", "手机不听使唤自己点来点去"],
    "fraud_sent": ["全转了人没了", "刚着了道两万没了", "他收了钱就消失了"],
}
CALM = {
    **INTENTS,
    "fraud_prevention": ["怎么防止手机被远程控制", "怎样才能不被骗", "平时怎么防诈骗", "验证码能告诉别人吗"],
    "not_covered_talk": ["去年邻居被骗了钱", "骗子是怎么骗人的", "反诈讲座在哪里", "听说有人手机被控制"],
}


def taught() -> TrainingData:
    """New examples: training adds features to them."""
    marked = [
        Message.build(text=text, intent=intent, example_metadata={"urgent": True})
        for intent, texts in ENTRIES.items()
        for text in texts
    ]
    return TrainingData(
        [*marked, *examples(BESIDE).training_examples, *examples(CALM).training_examples],
        lookup_tables=[{"name": "concept", "elements": ["体验官"]}],
    )


@pytest.fixture(scope="module")
def alarmed(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """The pipeline of config.yml, trained on emergencies, on talk about them and on other subjects."""
    return Pipeline.trained(tmp_path_factory.mktemp("urgency"), taught())


def urgency(pipeline: Pipeline, *texts: str) -> list[float]:
    return [message.get(URGENCY) for message in pipeline.components[NAME].process(pipeline.before(NAME, *texts))]


def test_the_marked_examples_are_those_of_urgent_entries() -> None:
    marked = {example.get(TEXT) for example in taught().training_examples if is_urgent(example)}
    assert marked == {text for texts in ENTRIES.values() for text in texts}


def test_what_is_happening_is_more_urgent_than_what_is_asked_calmly(alarmed: Pipeline) -> None:
    happening = urgency(alarmed, "屏幕自己动起来了", "钱刚转给骗子", "刚被骗了五万", "手机自己在点")
    calm = urgency(alarmed, "怎么防诈骗", "前年邻居被骗过", "体验官招多少人", "今天天气好吗")
    assert min(happening) > max(calm)


def test_lines_beside_the_knowledge_teach_for_the_entry_that_they_name(alarmed: Pipeline) -> None:
    assert min(urgency(alarmed, *(text for texts in BESIDE.values() for text in texts))) > 0.5


def test_what_is_refused_is_calm(alarmed: Pipeline) -> None:
    assert max(urgency(alarmed, *CALM["not_covered_talk"], *CALM["not_covered_chat"])) < 0.5


@pytest.mark.parametrize("text", ["屏幕自己在动", "体验官招几个人", "", "？", "a"])
def test_the_parse_tells_a_probability_for_the_message(alarmed: Pipeline, text: str) -> None:
    parse = alarmed.parse(text)
    assert 0 <= parse[URGENCY] <= 1
    assert Understanding.from_parse(parse).urgency == parse[URGENCY]


def test_each_question_inside_a_message_has_its_own(alarmed: Pipeline) -> None:
    count, moving = Understanding.from_parse(alarmed.parse("体验官招几个人？手机屏幕自己在动怎么办？")).parts
    assert moving.urgency > count.urgency


def test_sentences_of_answers_do_not_teach(alarmed: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> None:
    statements = alarmed.before(NAME, "民警上门发放反诈手册", "手册每户一份")
    for message in statements:
        message.set("intent", "fraud_sent")
        message.set("metadata", {"example": {"statement": True}})
    data = TrainingData([*alarmed.training_data.training_examples, *statements])
    component = create(NAME, tmp_path_factory.mktemp("statements"))
    component.train(data)
    (message,) = component.process(alarmed.before(NAME, "民警上门发放反诈手册"))
    assert [message.get(URGENCY)] == urgency(alarmed, "民警上门发放反诈手册")


def test_without_urgent_entries_nothing_is_urgent(pipeline: Pipeline) -> None:
    assert urgency(pipeline, "手机被人远程控制了", "体验官招几个人") == [0.0, 0.0]


def test_a_component_read_anew_says_the_same(alarmed: Pipeline) -> None:
    texts = ["屏幕自己在动", "体验官招几个人", "怎么防诈骗"]
    assert urgency(Pipeline(alarmed.folder, alarmed.training_data), *texts) == urgency(alarmed, *texts)
