"""Interpreter: the trained model in this process understands as the server does, and tells its tokens too."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.settings import ROOT
from assistant.understanding import Entity
from launcher.interpreter import Interpreter


@pytest.fixture(scope="module")
def interpreter(archive: Path) -> Interpreter:
    return Interpreter(archive)


def test_a_question_is_understood_with_its_tokens_and_entities(interpreter: Interpreter) -> None:
    understanding = interpreter.understand("陽曲的体验官招几个人？")
    assert understanding.text == "阳曲的体验官招几个人"
    assert understanding.intent == "inspector_headcount"
    assert understanding.candidates[0].intent == "inspector_headcount"
    assert understanding.coverage > 0.9
    assert "".join(understanding.tokens) == understanding.text
    assert {"阳曲", "体验官"} <= set(understanding.tokens)
    assert Entity("region", "阳曲", "阳曲县") in understanding.entities


def test_the_questions_inside_a_message_are_understood_too(interpreter: Interpreter) -> None:
    understanding = interpreter.understand("体验官招几个人，当体验官给钱吗")
    assert [part.intent for part in understanding.parts] == ["inspector_headcount", "inspector_pay"]


def test_every_component_of_config_yml_has_its_node_in_their_order(interpreter: Interpreter) -> None:
    config = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
    assert list(interpreter.nodes()) == [item["name"].rpartition(".")[2] for item in config["pipeline"]]


def test_a_model_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.tar\.gz: no such model"):
        Interpreter(tmp_path / "missing.tar.gz")
