"""Rasa: `rasa run` for a process that only serves, started in half the time with a little more than half the memory.

`python -m launcher.rasa --port N --model ARCHIVE --endpoints FILE --credentials FILE`

What it does otherwise than `rasa run`, and why, is in docs/adr/0014-serving-process.md.
"""

from __future__ import annotations

import argparse
import gc
import sys
import warnings
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any

from assistant.memory import freeze

#: Its imports bring TensorFlow, which only training and components that are not in config.yml use.
_TRAINING_ONLY = "rasa.utils.train_utils"


def main(arguments: Sequence[str]) -> None:
    """Serve until told to stop. The imports are within: they are what takes time, and must come after `defer`."""
    parser = argparse.ArgumentParser(prog="python -m launcher.rasa", description=__doc__.partition("\n")[0])
    for option in ("--port", "--model", "--endpoints", "--credentials"):
        parser.add_argument(option, required=True, type=int if option == "--port" else str)
    options = parser.parse_args(arguments)
    gc.disable()  # Nothing that is imported or loaded at the start is garbage.
    prepare()

    import rasa

    check_results_only()
    rasa.run(
        **vars(options),
        interface="127.0.0.1",
        enable_api=False,
        server_listeners=[(_settle, "after_server_start")],
    )


def prepare() -> None:
    """Import Rasa for a process that does not train: without TensorFlow, and without warnings."""
    defer(_TRAINING_ONLY)
    warnings.simplefilter("ignore")  # Its libraries warn about each other while they are imported.

    import rasa.core.agent  # noqa: F401
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings()
    warnings.simplefilter("ignore")  # Which Rasa and Sanic have just undone.
    configure_structlog()
    leave_training_unread()
    order_once()


class _Deferral(MetaPathFinder):
    """Finds one module in the usual places, and has it loaded when something in it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == self._name else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


def defer(module: str) -> None:
    """Load `module` when something in it is first used, not when it is imported."""
    sys.meta_path.insert(0, _Deferral(module))


def leave_training_unread() -> None:
    """Read a model without the graph that it was trained by: its classes would load TensorFlow."""
    from rasa.engine.storage.storage import ModelMetadata

    from_dict = ModelMetadata.from_dict

    def from_dict_for_serving(serialized: dict[str, Any]) -> ModelMetadata:
        return from_dict({**serialized, "train_schema": {"nodes": {}}})

    ModelMetadata.from_dict = from_dict_for_serving


def order_once() -> None:
    """Have models run by a runner that does not look for the order of its nodes at every message."""
    import rasa.core.processor

    from launcher.runner import OrderedGraphRunner

    rasa.core.processor.DaskGraphRunner = OrderedGraphRunner


def check_results_only() -> None:
    """Check what an action returns against Rasa's schema, but not the schema itself at every turn."""
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)
    explain = RemoteAction._validate_action_result

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        return validator.is_valid(result) or bool(explain(action, result))

    RemoteAction._validate_action_result = validate


async def _settle(*_: Any) -> None:
    freeze()
    gc.enable()


if __name__ == "__main__":
    main(sys.argv[1:])
