"""The NLU pipeline of config.yml, built component by component as Rasa builds it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from assistant.settings import ROOT

#: The components of the pipeline with their configuration, as written in config.yml.
CONFIG: list[dict[str, Any]] = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
OURS = [item["name"] for item in CONFIG if item["name"].startswith("components.")]


def component_class(name: str) -> type[GraphComponent]:
    """The class that a line of config.yml names."""
    module, _, class_name = name.rpartition(".")
    found: type[GraphComponent] = getattr(importlib.import_module(module), class_name)
    return found


def parts_of(name: str, folder: Path) -> tuple[type[GraphComponent], dict[str, Any], Any, Resource, ExecutionContext]:
    """What Rasa hands to a component's `create` and `load`."""
    kind = component_class(name)
    written = next(item for item in CONFIG if item["name"] == name)
    config = {**kind.get_default_config(), **{key: value for key, value in written.items() if key != "name"}}
    storage = LocalModelStorage(folder)
    return kind, config, storage, Resource(kind.__name__), ExecutionContext(GraphSchema({}), node_name=kind.__name__)


def create(name: str, folder: Path) -> Any:
    """A new component of this name that keeps what it learns in `folder`."""
    kind, *parts = parts_of(name, folder)
    return kind.create(*parts)


def load(name: str, folder: Path) -> Any:
    """The component of this name as a new process reads it from `folder`."""
    kind, *parts = parts_of(name, folder)
    return kind.load(*parts)


def examples(intents: dict[str, list[str]], **tables: Any) -> TrainingData:
    """Training data with these examples."""
    messages = [Message.build(text=text, intent=intent) for intent, texts in intents.items() for text in texts]
    return TrainingData(messages, **tables)


class Pipeline:
    """A trained pipeline as a new process reads it from `folder`."""

    def __init__(self, folder: Path, training_data: TrainingData) -> None:
        self.folder = folder
        self.training_data = training_data
        self.components = {item["name"]: load(item["name"], folder) for item in CONFIG}

    @classmethod
    def trained(cls, folder: Path, training_data: TrainingData) -> Pipeline:
        """Train every component in turn; each sees the data as those before it left them."""
        for item in CONFIG:
            component = create(item["name"], folder)
            if hasattr(component, "train"):
                component.train(training_data)
            if hasattr(component, "process_training_data"):
                training_data = component.process_training_data(training_data)
        return cls(folder, training_data)

    def before(self, name: str, *texts: str) -> list[Message]:
        """Messages as the component `name` gets them."""
        messages = [Message(data={TEXT: text}) for text in texts]
        for earlier, component in self.components.items():
            if earlier == name:
                return messages
            messages = component.process(messages)
        return messages

    def parse(self, text: str) -> dict[str, Any]:
        """A message's parse, as Rasa hands it to the tracker."""
        messages = self.before("", text)
        parse: dict[str, Any] = messages[0].as_dict(only_output_properties=True)
        return parse
