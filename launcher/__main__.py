"""Command line: `python -m launcher validate | train | run`."""

from __future__ import annotations

import argparse
import sys

from assistant.settings import SettingError, get_settings
from launcher import lookalikes, model, run, validate


def main() -> int:
    """Run one command; the exit code is 0 only if it succeeded."""
    parser = argparse.ArgumentParser(prog="python -m launcher")
    parser.add_argument("command", choices=("validate", "train", "run"))
    command = parser.parse_args().command
    try:
        settings = get_settings()
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    if command == "validate":
        return validate.main(settings) or lookalikes.main(settings)
    if command == "run":
        return run.run(settings)
    if validate.main(settings) != 0:
        return 1
    try:
        print(f"==> {model.train(settings).name} is up to date")
    except model.TrainingError as error:
        print(f"training failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
