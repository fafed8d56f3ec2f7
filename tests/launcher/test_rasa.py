"""Rasa's serving process: what it leaves out changes nothing that serving needs."""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.storage.storage import ModelMetadata

from launcher import rasa as serving

SLOT = {"event": "slot", "name": "entry", "value": "inspector_pay", "timestamp": None}


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that counts how often it is loaded in `sys.loads`."""
    (tmp_path / "slow_to_load.py").write_text("import sys\nsys.loads += 1\nvalue = 7\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "loads", 0, raising=False)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    yield "slow_to_load"
    sys.modules.pop("slow_to_load", None)


def test_a_deferred_module_is_loaded_when_it_is_used(module: str) -> None:
    serving.defer(module)
    imported = __import__(module)
    assert sys.loads == 0  # type: ignore[attr-defined]
    assert imported.value == 7
    assert sys.loads == 1  # type: ignore[attr-defined]


def test_other_modules_are_loaded_at_once(module: str) -> None:
    serving.defer("something_else")
    __import__(module)
    assert sys.loads == 1  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def metadata(archive: Path) -> Any:
    with tarfile.open(archive) as files:
        member = next(name for name in files.getnames() if name.endswith("metadata.json"))
        file = files.extractfile(member)
        assert file
        return json.load(file)


def test_a_model_is_read_as_rasa_reads_it_but_for_the_training(metadata: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rasas = ModelMetadata.from_dict(deepcopy(metadata)).as_dict()
    monkeypatch.setattr(ModelMetadata, "from_dict", ModelMetadata.from_dict)
    serving.leave_training_unread()
    ours = ModelMetadata.from_dict(deepcopy(metadata)).as_dict()
    assert rasas.pop("train_schema")["nodes"]
    assert ours.pop("train_schema") == {"nodes": {}}
    assert ours == rasas


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    serving.check_results_only()
    return RemoteAction("action_answer", None)


@pytest.mark.parametrize(
    "result", [{}, {"events": [], "responses": []}, {"events": [SLOT], "responses": [{"text": "好"}]}]
)
def test_a_good_result_passes(checked: RemoteAction, result: Any) -> None:
    assert checked._validate_action_result(result) is True


@pytest.mark.parametrize(
    "result", [[], {"events": {}}, {"events": [{"event": "slot"}]}, {"events": [7]}, {"responses": ["好"]}]
)
def test_a_bad_result_is_refused_in_rasas_words(result: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    action = RemoteAction("action_answer", None)
    with pytest.raises(ValidationError) as rasas:
        action._validate_action_result(result)
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    serving.check_results_only()
    with pytest.raises(ValidationError) as ours:
        action._validate_action_result(result)
    assert ours.value.message == rasas.value.message


@pytest.mark.parametrize("missing", ["--port", "--model", "--endpoints", "--credentials"])
def test_a_missing_option_is_named(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = {"--port": "1", "--model": "m", "--endpoints": "e", "--credentials": "c"}
    given = [word for name, value in options.items() if name != missing for word in (name, value)]
    with pytest.raises(SystemExit):
        serving.main(given)
    assert missing in capsys.readouterr().err
