"""Validate: every problem of knowledge, rules, examples and wording at once, each as `path: reason`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assistant.settings import ROOT, Settings
from launcher import validate
from tests.folders import DataFolder


@pytest.fixture
def root(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with a domain that the test may change, and no stories."""
    root = folder.path.parent
    shutil.copy(ROOT / "domain.yml", root)
    monkeypatch.setattr(validate, "ROOT", root)
    return root


def check(folder: DataFolder) -> list[str]:
    return list(validate.check(folder.settings()))


def the_problem_in(folder: DataFolder) -> str:
    problems = check(folder)
    assert len(problems) == 1, problems
    return problems[0]


def change_domain(root: Path, change: Any) -> None:
    file = root / "domain.yml"
    document = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    change(document)
    with file.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(document, stream)


def test_the_projects_own_files_have_no_problem() -> None:
    assert list(validate.check(Settings())) == []


def test_a_small_folder_has_no_problem(folder: DataFolder, root: Path) -> None:
    assert check(folder) == []


# The command.


def test_how_much_was_checked_is_told(folder: DataFolder, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(folder.settings()) == 0
    heard = capsys.readouterr()
    assert heard.out == "==> Knowledge is valid: 5 topics, 52 entries, 624 questions\n"
    assert heard.err == ""


def test_every_problem_is_printed_and_counted(
    folder: DataFolder, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["code"] = "x"
    folder.write("thresholds.yml", {})
    assert validate.main(folder.settings()) == 1
    heard = capsys.readouterr()
    assert heard.out == ""
    lines = heard.err.splitlines()
    assert lines[0].startswith("knowledge/fraud.yml#fraud_gifts.code: ")
    assert lines[1].startswith("thresholds.yml#")
    assert lines[-1] == "==> 2 problems"


# Knowledge.


def test_a_file_that_cannot_be_read_is_the_only_problem_told(folder: DataFolder, root: Path) -> None:
    (folder.path / "knowledge" / "fraud.yml").write_text("topic: [")
    folder.write("thresholds.yml", {})
    assert the_problem_in(folder).startswith("knowledge/fraud.yml: ")


@pytest.mark.parametrize("questions", [5, "一句", [{"时间": "几点"}], None])
def test_questions_of_a_wrong_kind_are_told(folder: DataFolder, root: Path, questions: Any) -> None:
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["questions"] = questions
    assert any(problem.startswith("knowledge/fraud.yml#fraud_gifts.questions") for problem in check(folder))


@pytest.mark.parametrize("entries", [None, [], ["words"], [{"title": "没有编号"}]])
def test_entries_of_a_wrong_kind_are_told(folder: DataFolder, root: Path, entries: Any) -> None:
    with folder.edit("knowledge/wildlife.yml") as document:
        document["entries"] = entries
    assert any(problem.startswith("knowledge/wildlife.yml#") for problem in check(folder))


def test_a_form_that_the_domain_does_not_have_is_told(folder: DataFolder, root: Path) -> None:
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["form"] = "gift_form"
    problem = the_problem_in(folder)
    assert problem.startswith("knowledge/fraud.yml#fraud_gifts.form: ")
    assert "'gift_form'" in problem


# Rules and stories.


@pytest.mark.parametrize(
    ("step", "named"),
    [({"intent": "ask_weather"}, "'ask_weather'"), ({"action": "action_weather"}, "'action_weather'")],
)
def test_a_rule_of_something_unknown_is_told(folder: DataFolder, root: Path, step: dict[str, str], named: str) -> None:
    with folder.edit("rules.yml") as document:
        document["rules"].append({"rule": "weather", "steps": [step]})
    problem = the_problem_in(folder)
    assert problem.startswith("rules.yml#weather: ")
    assert named in problem


def test_a_story_of_something_unknown_is_told(folder: DataFolder, root: Path) -> None:
    stories = root / "tests" / "conversations"
    stories.mkdir(parents=True)
    (stories / "fraud.yml").write_text(
        "stories:\n- story: help\n  steps:\n  - intent: fraud_nothing\n  - action: action_answer\n", encoding="utf-8"
    )
    problem = the_problem_in(folder)
    assert problem.startswith("tests/conversations/fraud.yml#help: ")
    assert "'fraud_nothing'" in problem


@pytest.mark.parametrize(
    "step",
    [
        {"intent": "fraud_gifts"},
        {"intent": "greet"},
        {"intent": "nlu_fallback"},
        {"action": "action_answer"},
        {"action": "eligibility_form"},
        {"action": "action_listen"},
        {"action": "action_deactivate_loop"},
        {"active_loop": None},
    ],
    ids=str,
)
def test_a_rule_may_name_entries_intents_actions_and_forms(
    folder: DataFolder, root: Path, step: dict[str, Any]
) -> None:
    with folder.edit("rules.yml") as document:
        document["rules"].append({"rule": "known", "steps": [step]})
    assert check(folder) == []


# Examples.


@pytest.mark.parametrize("name", ["base", "not_covered"])
@pytest.mark.parametrize("ending", ["", "？"])
def test_an_example_that_is_also_a_question_is_told_with_both_places(
    folder: DataFolder, root: Path, name: str, ending: str
) -> None:
    question = folder.read("knowledge/fraud.yml")["entries"][-1]["questions"][3]
    with folder.edit(f"nlu/{name}.yml") as document:
        intent = document["nlu"][0]["intent"]
        document["nlu"][0]["examples"] += f"- {question}{ending}\n"
    problem = the_problem_in(folder)
    assert problem.startswith(f"nlu/{name}.yml#{intent}: ")
    assert question in problem
    assert "knowledge/fraud.yml#fraud_money_back" in problem


def test_an_intent_that_the_domain_does_not_have_is_told(folder: DataFolder, root: Path) -> None:
    with folder.edit("nlu/base.yml") as document:
        document["nlu"].append({"intent": "ask_weather", "examples": "- 今天下雨吗\n"})
    problem = the_problem_in(folder)
    assert problem.startswith("nlu/base.yml#ask_weather: ")


@pytest.mark.parametrize("intent", ["fraud_gone", "fraud_gifts"])
def test_an_emergency_of_no_urgent_entry_is_told(folder: DataFolder, root: Path, intent: str) -> None:
    with folder.edit("nlu/emergencies.yml") as document:
        document["nlu"].append({"intent": intent, "examples": "- 快来人救救我\n"})
    problem = the_problem_in(folder)
    assert problem.startswith(f"nlu/emergencies.yml#{intent}: ")
    assert "紧急条目" in problem


def test_an_emergency_that_is_also_a_question_is_told_with_both_places(folder: DataFolder, root: Path) -> None:
    question = next(
        entry["questions"][0] for entry in folder.read("knowledge/fraud.yml")["entries"] if entry.get("urgent")
    )
    with folder.edit("nlu/emergencies.yml") as document:
        document["nlu"][0]["examples"] += f"- {question}！\n"
        intent = document["nlu"][0]["intent"]
    problem = the_problem_in(folder)
    assert problem.startswith(f"nlu/emergencies.yml#{intent}: “{question}！”")
    assert "knowledge/fraud.yml#" in problem


# Domain.


def test_an_intent_of_the_domain_is_no_entry(folder: DataFolder, root: Path) -> None:
    change_domain(root, lambda domain: domain["intents"].append("fraud_gifts"))
    problem = the_problem_in(folder)
    assert problem.startswith("domain.yml#intents: ")
    assert "'fraud_gifts'" in problem


@pytest.mark.parametrize("variants", [[], [{"text": "甲"}, {"text": "乙"}], [{"text": " "}], [{"image": "x"}], None])
def test_a_sentence_has_exactly_one_text(folder: DataFolder, root: Path, variants: Any) -> None:
    change_domain(root, lambda domain: domain["responses"].update(utter_greet=variants))
    assert the_problem_in(folder).startswith("domain.yml#responses.utter_greet: ")


# Thresholds and signals.


@pytest.mark.parametrize("value", [-0.1, 1.5, None, "high"])
def test_a_threshold_out_of_range_is_told(folder: DataFolder, root: Path, value: Any) -> None:
    with folder.edit("thresholds.yml") as document:
        document["answer"] = value
    problem = the_problem_in(folder)
    assert problem.startswith("thresholds.yml#answer: ")
    assert repr(value) in problem


def test_a_signal_of_an_entry_that_does_not_exist_is_told(folder: DataFolder, root: Path) -> None:
    with folder.edit("urgent.yml") as document:
        document["signals"].append({"entry": "fraud_gone", "any": [["救命"]]})
    assert the_problem_in(folder).startswith("urgent.yml#fraud_gone: ")


@pytest.mark.parametrize(("pattern", "named"), [("(", "("), ("{nothing}", "nothing")])
def test_a_signal_that_cannot_be_read_is_told(folder: DataFolder, root: Path, pattern: str, named: str) -> None:
    with folder.edit("urgent.yml") as document:
        document["signals"][0]["any"].append([pattern])
    problem = the_problem_in(folder)
    assert problem.startswith("urgent.yml")
    assert named in problem


def test_problems_of_all_kinds_are_told_at_once(folder: DataFolder, root: Path) -> None:
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["script"] = ""
    with folder.edit("rules.yml") as document:
        document["rules"].append({"rule": "weather", "steps": [{"intent": "ask_weather"}]})
    with folder.edit("nlu/base.yml") as document:
        document["nlu"].append({"intent": "ask_weather", "examples": "- 今天下雨吗\n"})
    with folder.edit("thresholds.yml") as document:
        document["part"] = 2
    with folder.edit("urgent.yml") as document:
        document["signals"].append({"entry": "fraud_gone", "any": [["救命"]]})
    assert [problem.split(":")[0] for problem in check(folder)] == [
        "knowledge/fraud.yml#fraud_gifts.script",
        "rules.yml#weather",
        "nlu/base.yml#ask_weather",
        "thresholds.yml#part",
        "urgent.yml#fraud_gone",
    ]
