"""Command line: `python -m launcher validate | train | run | ask QUESTION`."""

from __future__ import annotations

import argparse
import sys

from assistant.settings import SettingError, get_settings
from launcher import lookalikes, model, run, validate


def main() -> int:
    """Run one command; the exit code is 0 only if it succeeded."""
    parser = argparse.ArgumentParser(prog="python -m launcher")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("validate", "train", "run"):
        commands.add_parser(name)
    commands.add_parser("ask").add_argument("question", nargs="?", default="")
    options = parser.parse_args()
    try:
        settings = get_settings()
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    if options.command == "ask":
        from launcher import ask  # What answers is loaded, which no other command should wait for.

        return ask.main(settings, options.question)
    if options.command == "validate":
        return validate.main(settings) or lookalikes.main(settings)
    if options.command == "run":
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
