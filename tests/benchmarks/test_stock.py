"""Stock: the plain Rasa project that we compare with."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.training_data.structures import RuleStep
from rasa.shared.importers.rasa import RasaFileImporter
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from benchmarks.stock import (
    PACKAGES,
    Stock,
    StockError,
    default_pipeline,
    lean_pipeline,
    model_name,
    project_files,
    stock_environment,
)

EXAMPLES = {f"intent_{number}": [f"第{number}个问题怎么办", f"{number}号：是什么？"] for number in range(9)}
ANSWERS = {"intent_0": "短", "intent_1": "长" * 500}
FILES = project_files(EXAMPLES, ANSWERS, epochs=3)


def stock_in(folder: Path, python: str = "exit 1") -> Stock:
    """A stock project in `folder` whose Python, installed already, is a shell script."""
    interpreter = folder / "venv" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
    interpreter.chmod(0o755)
    (folder / "venv" / "installed.json").write_text(json.dumps(PACKAGES), encoding="utf-8")
    return Stock(FILES, folder)


def trained(stock: Stock) -> Stock:
    stock.model.parent.mkdir(parents=True)
    stock.model.write_bytes(b"")
    return stock


def test_rasa_reads_every_example_and_a_rule_for_every_intent(tmp_path: Path) -> None:
    stock = trained(stock_in(tmp_path))
    stock.prepare()
    project = stock.project
    importer = RasaFileImporter(str(project / "config.yml"), str(project / "domain.yml"), [str(project / "data")])
    examples = importer.get_nlu_data().intent_examples
    read = {(example.get("intent"), example.get("text")) for example in examples}
    assert read == {(intent, text) for intent, texts in EXAMPLES.items() for text in texts}
    steps = importer.get_stories().story_steps
    assert {step.block_name for step in steps if isinstance(step, RuleStep)} == set(EXAMPLES)
    assert len([step for step in steps if not isinstance(step, RuleStep)]) == 3
    domain = importer.get_domain()
    assert set(EXAMPLES) <= set(domain.intents)
    assert "action_answer" in domain.user_actions
    assert [policy["name"] for policy in importer.get_config()["policies"]] == [
        *["MemoizationPolicy", "RulePolicy", "UnexpecTEDIntentPolicy", "TEDPolicy"]
    ]


def test_the_default_pipeline_is_rasas_own_up_to_the_classifier_but_for_the_tokenizer() -> None:
    rasas = DefaultV1Recipe.complete_config({}, {"pipeline"})["pipeline"]
    last = [item["name"] for item in rasas].index("DIETClassifier")
    assert default_pipeline() == [{"name": "JiebaTokenizer"}, *rasas[1 : last + 1]]


def test_the_lean_pipeline_has_nothing_that_the_default_one_has_not() -> None:
    assert all(item in default_pipeline(3) for item in lean_pipeline(3))


def test_the_action_looks_up_an_answer_of_the_same_size_for_every_intent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = trained(stock_in(tmp_path))
    stock.prepare()
    monkeypatch.chdir(stock.project)
    action = runpy.run_path("actions.py")["ActionAnswer"]()
    assert action.name() == "action_answer"
    texts = []
    for intent in EXAMPLES:
        message = {"intent": {"name": intent}}
        dispatcher = CollectingDispatcher()
        action.run(dispatcher, Tracker("id", {}, message, [], False, None, {}, "action_listen"), {})
        texts.append(dispatcher.messages[0]["text"])
    assert {len(text) for text in texts} == {150}
    assert texts[0].startswith("短")
    assert len(set(texts)) == len(texts)


def test_a_model_belongs_to_exactly_its_questions_and_epochs() -> None:
    same = project_files(EXAMPLES, ANSWERS, epochs=3)
    other_epochs = project_files(EXAMPLES, ANSWERS, epochs=4)
    other_questions = project_files({**EXAMPLES, "intent_0": ["别的问题"]}, ANSWERS, epochs=3)
    assert model_name(same) == model_name(project_files(EXAMPLES, ANSWERS, epochs=3))
    assert len({model_name(files) for files in (same, other_epochs, other_questions)}) == 3


def test_what_is_installed_and_trained_is_left_alone(tmp_path: Path) -> None:
    stock = trained(stock_in(tmp_path, python="touch was-called"))
    stock.prepare()
    assert not list(tmp_path.rglob("was-called"))
    assert (stock.project / "config.yml").read_text(encoding="utf-8") == FILES["config.yml"]


def test_a_new_model_takes_the_place_of_older_ones(tmp_path: Path) -> None:
    stock = stock_in(tmp_path, python='touch "models/$5.tar.gz"')
    old = stock.model.with_name("stock-old.tar.gz")
    old.parent.mkdir(parents=True)
    old.touch()
    stock.prepare()
    assert list(stock.model.parent.iterdir()) == [stock.model]


def test_a_failed_training_names_its_log(tmp_path: Path) -> None:
    stock = stock_in(tmp_path, python="echo no memory; exit 3")
    with pytest.raises(StockError, match=r"rasa train ended with 3: see .*train\.log"):
        stock.prepare()
    assert (tmp_path / "train.log").read_text(encoding="utf-8") == "no memory\n"


def test_stock_rasa_reports_to_nobody_and_has_none_of_what_makes_ours_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")
    environment = stock_environment()
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["SANIC_HOST"] == "127.0.0.1"
    assert environment["HTTP_PROXY"] == "http://proxy.example"
    assert not {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"} & set(environment)
