"""Ablation: what each component of config.yml is worth; `python -m benchmarks.ablation [--bench FOLDER]`.

A component is put out of use in the trained model, or what it adds is left out of a classifier that is fitted anew, and
the same questions are judged with and without it. Prints a Markdown table. Samples and day are fixed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from assistant.settings import Settings
from benchmarks.ablation import learning, pipeline
from benchmarks.ablation.table import Effect, Row, table
from benchmarks.features import examples
from benchmarks.quality.__main__ import DAY, quieten
from benchmarks.quality.respondent import Respondent
from launcher import model


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__.partition(":")[2])
    parser.add_argument(
        "--bench", type=Path, help="folder with same_pinyin.txt, without which no typing errors are made"
    )
    bench = parser.parse_args(arguments).bench
    os.environ["BINGWEN_TODAY"] = DAY
    quieten()
    settings = Settings.from_environ(os.environ)
    try:
        respondent = Respondent(settings)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(table(measure(respondent, settings, bench))))
    return 0


def measure(respondent: Respondent, settings: Settings, bench: Path | None) -> list[Row]:
    """A row for each component in the order of config.yml, then what is no component of its own."""
    _tell("timing the components")
    milliseconds, megabytes = pipeline.milliseconds(respondent), pipeline.megabytes(model.current(settings))
    effects: dict[str, list[Effect]] = {name: [] for name in respondent.interpreter.nodes()}
    _tell("putting them out of use, one by one")
    effects.update(pipeline.out_of_use(respondent, bench))
    _tell("fitting the classifier anew")
    effects.update(learning.fitted_anew(examples(settings)))
    return [Row(name, found, milliseconds.get(name), megabytes.get(name)) for name, found in effects.items()]


def _tell(step: str) -> None:
    """Say what is being done, beside the table and not in it."""
    print(f"==> {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
