"""Model: one archive for exactly these data, configuration and components."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assistant.settings import ROOT, Settings
from assistant.validation import load_knowledge
from launcher import model, publication
from launcher.publication import Publication

DATA = Settings(data="data")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's files, with a models folder of its own."""
    for name in ("assistant", "components", "actions", "data", "launcher"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.yml", "domain.yml", "requirements.txt", "endpoints.yml"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(model, "ROOT", tmp_path)
    monkeypatch.setattr(model, "FOLDER", tmp_path / "models")
    monkeypatch.setattr("assistant.settings.ROOT", tmp_path)
    (tmp_path / "models").mkdir()
    return tmp_path


def append(file: Path, text: str = "\n# changed\n") -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_same_files_have_the_same_model(project: Path) -> None:
    first = model.current(DATA)
    assert model.current(DATA) == first
    assert first.parent == project / "models"
    assert first.name.startswith("bingwen-")
    assert first.name.endswith(".tar.gz")


def test_the_place_of_the_project_does_not_matter(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = model.current(DATA).name
    monkeypatch.undo()
    assert model.current(DATA).name == here


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "requirements.txt",
        "data/knowledge/fraud.yml",
        "data/knowledge/_fields.yml",
        "data/regions.yml",
        "data/nlu/base.yml",
        "data/nlu/not_covered.yml",
        "data/rules.yml",
        "components/coverage_guard.py",
        "components/knowledge_importer.py",
        "assistant/normalize.py",
        "assistant/classification.py",
        "assistant/coverage.py",
        "assistant/knowledge.py",
        "assistant/corrections.py",
        "assistant/rewriting.py",
        "assistant/vocabulary.py",
    ],
)
def test_a_changed_file_has_another_model(project: Path, name: str) -> None:
    before = model.current(DATA)
    append(project / name)
    assert model.current(DATA) != before


def test_a_new_or_removed_subject_has_another_model(project: Path) -> None:
    names = [model.current(DATA)]
    (project / "data" / "knowledge" / "new.yml").write_text("topic: new")
    names.append(model.current(DATA))
    (project / "data" / "knowledge" / "new.yml").unlink()
    (project / "data" / "knowledge" / "fraud.yml").unlink()
    names.append(model.current(DATA))
    assert len(set(names)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "endpoints.yml",
        "actions/answer.py",
        "launcher/run.py",
        "assistant/answering.py",
        "assistant/composing.py",
        "assistant/eligibility.py",
        "assistant/privacy.py",
        "assistant/search.py",
        "assistant/service.py",
        "assistant/triage.py",
    ],
)
def test_what_is_only_said_and_not_learnt_keeps_the_model(project: Path, name: str) -> None:
    before = model.current(DATA)
    append(project / name)
    assert model.current(DATA) == before


def test_every_module_that_the_components_import_belongs_to_the_model(project: Path) -> None:
    """A model is stale when the code that reads it has changed."""
    imported = set()
    waiting = list((project / "components").glob("*.py"))
    while waiting:
        file = waiting.pop()
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("from assistant."):
                module = project / "assistant" / f"{line.split()[1].removeprefix('assistant.')}.py"
                if module not in imported:
                    imported.add(module)
                    waiting.append(module)
    read_at_run_time = {"settings", "thresholds", "understanding", "validity"}
    missing = {file.stem for file in imported - set(model.inputs(DATA))} - read_at_run_time
    assert missing == set()


# Training.


def test_a_model_that_exists_is_not_trained_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = model.current(DATA)
    archive.write_bytes(b"model")
    monkeypatch.setattr(model.sys, "executable", shutil.which("false"))
    assert model.train(DATA) == archive
    assert archive.read_bytes() == b"model"


@pytest.mark.parametrize("command", ["false", "true"])
def test_a_training_that_fails_or_leaves_no_model_is_told_and_keeps_the_models_of_before(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    old = project / "models" / "bingwen-0123456789ab.tar.gz"
    old.write_bytes(b"old")
    monkeypatch.setattr(model.sys, "executable", shutil.which(command))
    with pytest.raises(model.TrainingError, match=model.current(DATA).name):
        model.train(DATA)
    assert old.exists()
    assert not model.current(DATA).exists()


def trainer(folder: Path) -> Path:
    """A program that stands in for the training: it writes the archive and keeps how it was called."""
    program = folder / "python"
    program.write_text('#!/bin/sh\necho "$@" > called\necho model > "$3"\n')
    program.chmod(0o755)
    return program


def test_training_makes_the_archive_and_keeps_the_latest_two_of_before(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age in range(4):
        archive = project / "models" / f"bingwen-{age}.tar.gz"
        archive.write_bytes(b"old")
        os.utime(archive, (1000 - age, 1000 - age))
    (project / "models" / "mine.tar.gz").write_bytes(b"not ours")
    monkeypatch.setattr(model.sys, "executable", str(trainer(project)))
    trained = model.train(DATA)
    assert trained == model.current(DATA)
    assert {file.name for file in (project / "models").iterdir()} == {
        trained.name,
        publication.NAME,
        "bingwen-0.tar.gz",
        "bingwen-1.tar.gz",
        "mine.tar.gz",
    }
    called = (project / "called").read_text().split()
    assert called == ["-m", "launcher.training", str(trained), "data"]


# What was published.


def published(project: Path) -> Publication | None:
    return Publication.read(project / "models")


def test_training_notes_what_the_entries_are_asked_by(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model.sys, "executable", str(trainer(project)))
    trained = model.train(DATA)
    assert published(project) == Publication.of(trained.name, load_knowledge(project / "data"))


def test_a_training_that_fails_publishes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model.sys, "executable", shutil.which("false"))
    with pytest.raises(model.TrainingError):
        model.train(DATA)
    assert published(project) is None


def test_going_back_to_a_model_that_exists_is_noted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = model.current(DATA)
    before.write_bytes(b"model")
    monkeypatch.setattr(model.sys, "executable", str(trainer(project)))
    file = project / "data" / "knowledge" / "lifts.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("哪个部门去酒店看的电梯", "哪个局去酒店看的电梯"), encoding="utf-8")
    model.train(DATA)
    (changed,) = published(project).changed(load_knowledge(ROOT / "data"))
    assert changed.topic == "lifts"
    file.write_text(text, encoding="utf-8")
    assert model.train(DATA) == before
    assert published(project).changed(load_knowledge(ROOT / "data")) == []


def test_what_cannot_be_noted_keeps_nobody_from_starting(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = model.current(DATA)
    archive.write_bytes(b"model")
    (project / "models" / publication.NAME).mkdir()
    assert model.train(DATA) == archive
    assert publication.NAME in capsys.readouterr().err
