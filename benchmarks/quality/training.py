"""Training: models trained through Rasa's own interface on any examples, with the project's components."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout
from pathlib import Path
from typing import Any

import rasa.model_training
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLWriter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from assistant.settings import ROOT
from launcher.interpreter import Interpreter

#: Components that do not classify: the guard, and those for several questions in one message.
_BESIDE = ("QuestionSplitter", "CoverageGuard", "QuestionCollector")


def classifying_pipeline() -> list[dict[str, Any]]:
    """The components of config.yml that lead to an intent and its confidence."""
    config = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return [item for item in config["pipeline"] if item["name"].rpartition(".")[2] not in _BESIDE]


def trained(data: TrainingData, components: Sequence[dict[str, Any]], folder: Path) -> Interpreter:
    """The model that `train` makes, loaded."""
    return Interpreter(train(data, components, folder))


def train(data: TrainingData, components: Sequence[dict[str, Any]], folder: Path) -> Path:
    """The archive of a model of these components, trained by `rasa train nlu` on `data` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    config, examples = folder / "config.yml", folder / "nlu.yml"
    with config.open("w", encoding="utf-8") as file:
        head = {"recipe": "default.v1", "assistant_id": "bingwen-measured", "language": "zh"}
        YAML().dump({**head, "pipeline": list(components)}, file)
    RasaYAMLWriter().dump(examples, data)
    own = any(component["name"].startswith("components.") for component in components)
    # Rasa's cache knows a component's own source, and nothing of the modules under assistant/ that it learns by.
    cache = _variable("RASA_MAX_CACHE_SIZE", "0") if own else nullcontext()
    with cache, redirect_stdout(sys.stderr):  # Where it tells of its success would be the report.
        archive = rasa.model_training.train_nlu(str(config), str(examples), str(folder))
    if archive is None:
        raise RuntimeError("rasa trained no model")
    return Path(archive)


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """An environment variable with another value inside the block."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def labelled(pairs: Iterable[tuple[str, str]]) -> TrainingData:
    """Training data from texts and their labels."""
    return TrainingData([Message.build(text=text, intent=label) for text, label in pairs])
