"""Training: the model that `rasa train` makes, and nothing lost when it cannot be made."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from ruamel.yaml import YAML

from assistant.settings import ROOT
from launcher.environment import child_environment
from launcher.training import Importer
from tests.folders import DataFolder

#: What two trainings of the same files may differ in; the graph that trained is not read when serving.
_EACH_ITS_OWN = ("trained_at", "model_id", "train_schema")
_NUMBER_OF_A_TRAINING = re.compile(r'"output_fingerprint": "\w+"')


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env={**child_environment(), "BINGWEN_DATA": str(data)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def metadata(archive: Path) -> dict[str, Any]:
    with tarfile.open(archive) as files:
        file = files.extractfile(next(name for name in files.getnames() if name.endswith("metadata.json")))
        assert file
        found = json.loads(_NUMBER_OF_A_TRAINING.sub('"output_fingerprint": ""', file.read().decode()))
    return {key: value for key, value in found.items() if key not in _EACH_ITS_OWN}


def parses(archive: Path, messages: list[str]) -> list[dict[str, Any]]:
    agent = Agent.load(str(archive))
    parsed = [asyncio.run(agent.parse_message(message)) for message in messages]
    return [{key: value for key, value in each.items() if key != "message_id"} for each in parsed]


@pytest.fixture(scope="module")
def archives(small_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small data's model by this training, and by Rasa's own."""
    folder = tmp_path_factory.mktemp("project") / "models"  # Which the first training makes.
    ours = run(small_data.path, "launcher.training", str(folder / "ours.tar.gz"), str(small_data.path))
    assert ours.returncode == 0, ours.stderr[-3000:]
    options = ["--skip-validation", "--force", "--fixed-model-name", "rasas", "--out", str(folder)]
    rasas = run(small_data.path, "rasa", "train", *options, "--data", str(small_data.path))
    assert rasas.returncode == 0, rasas.stderr[-3000:]
    assert sorted(file.name for file in folder.iterdir()) == ["ours.tar.gz", "rasas.tar.gz"]
    return folder / "ours.tar.gz", folder / "rasas.tar.gz"


def test_the_model_says_of_itself_what_rasas_says(archives: tuple[Path, Path]) -> None:
    ours, rasas = map(metadata, archives)
    assert ours == rasas


def test_messages_are_understood_as_by_rasas_model(archives: tuple[Path, Path]) -> None:
    messages = ["你好", "手机被人远程控制了怎么办", "阳曲献策专栏到哪天截止？招聘会在哪开", "今天天气怎么样"]
    ours, rasas = (parses(archive, messages) for archive in archives)
    assert ours == rasas


def test_what_config_names_as_importers_is_what_is_imported() -> None:
    config = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
    named = [item["name"].rpartition(".")[2] for item in config["importers"]]
    assert named == [type(importer).__name__ for importer in Importer("data")._importers]


def test_a_broken_rule_is_told_and_leaves_no_file(small_data: DataFolder, tmp_path: Path) -> None:
    folder = small_data.copy(tmp_path / "data")
    (folder.path / "rules.yml").write_text(
        'version: "3.1"\nrules:\n- rule: 坏\n  steps:\n  - intent\n', encoding="utf-8"
    )
    result = run(folder.path, "launcher.training", str(tmp_path / "model.tar.gz"), str(folder.path))
    assert result.returncode != 0
    assert "rules.yml" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["data"]
