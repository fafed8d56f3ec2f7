"""Floors: what the figures must keep, and the one way to move them.

`python -m benchmarks.quality.floors --raise NAME VALUE`
`python -m benchmarks.quality.floors --lower NAME VALUE --because "why"`

Lowering a floor makes it weaker: if the figure must stay small (`at_most`), --lower takes a greater value. It is told
in CHANGELOG.md, and a floor below its best of which CHANGELOG.md does not tell fails a test.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.settings import ROOT
from benchmarks.quality.figures import Figure

FLOORS = Path(__file__).with_name("floors.yml")
CHANGELOG = ROOT / "CHANGELOG.md"
_UNRELEASED, _OPERATORS = "## Unreleased", "### Operators"
_WIDTH = 120


class FloorError(Exception):
    """A floor cannot be read, or not be moved so; the message says why."""


@dataclass(frozen=True)
class Floor:
    """What a figure must keep, the best that this ever was, and what the figure is meant to reach (`bar`).

    `most` if smaller is better.
    """

    floor: float
    best: float
    bar: float
    most: bool = False

    def holds(self, value: float) -> bool:
        return value <= self.floor if self.most else value >= self.floor

    def reached(self, value: float) -> bool:
        return value <= self.bar if self.most else value >= self.bar

    def moved(self, value: float) -> Floor:
        """The floor at `value`; a new best if it is one."""
        best = min(value, self.best) if self.most else max(value, self.best)
        return replace(self, floor=value, best=best)


def read_floors(file: Path = FLOORS) -> dict[str, Floor]:
    """Floors by the names of figures. Raises FloorError for one that has other keys or is better than its best."""
    floors = {}
    for name, item in (YAML(typ="safe").load(file.read_text(encoding="utf-8")) or {}).items():
        direction = [key for key in ("at_least", "at_most") if key in item]
        if len(direction) != 1 or set(item) != {direction[0], "best", "bar"}:
            raise FloorError(f"{file.name}#{name}: give `best`, `bar` and either `at_least` or `at_most`")
        floor = Floor(float(item[direction[0]]), float(item["best"]), float(item["bar"]), direction[0] == "at_most")
        if not floor.holds(floor.best):
            raise FloorError(
                f"{file.name}#{name}: {direction[0]} {floor.floor:g} is better than best {floor.best:g}; "
                "raise it by `python -m benchmarks.quality.floors --raise`"
            )
        floors[name] = floor
    return floors


def fallen(figures: Iterable[Figure], floors: Mapping[str, Floor]) -> list[str]:
    """The figures that fell below their floor, in words."""
    return [
        f"{figure.name}: {figure.value:.4f}, the floor is {floors[figure.name].floor:g}"
        for figure in figures
        if figure.name in floors and not floors[figure.name].holds(figure.value)
    ]


def untold(floors: Mapping[str, Floor], changelog: str) -> list[str]:
    """The floors below their best of which `changelog` does not tell that they are as low, in words."""
    text = re.sub(r"\s+", " ", changelog)
    found = []
    for name, floor in floors.items():
        told = [float(value) for value in re.findall(rf"floor of `{re.escape(name)}` is (\d+(?:\.\d+)?)", text)]
        if floor.floor != floor.best and not any(floor.moved(value).holds(floor.floor) for value in told):
            found.append(
                f"{name}: {floor.floor:g} was {floor.best:g}, and {CHANGELOG.name} does not tell; "
                "lower it by `python -m benchmarks.quality.floors --lower`"
            )
    return found


def raise_floor(name: str, value: float, file: Path) -> None:
    """Make a floor stricter. Raises FloorError if that is not what `value` does."""
    floor = _known(name, file)
    if value == floor.floor or not floor.holds(value):
        raise FloorError(f"{name}: {value:g} is not stricter than {floor.floor:g}; --lower makes a floor weaker")
    _write(name, floor.moved(value), file)


def lower_floor(name: str, value: float, because: str, file: Path, changelog: Path) -> None:
    """Make a floor weaker and tell of it in the changelog. Raises FloorError if that is not what `value` does."""
    floor = _known(name, file)
    if floor.holds(value):
        raise FloorError(f"{name}: {value:g} is not weaker than {floor.floor:g}; --raise makes a floor stricter")
    if not because.strip():
        raise FloorError(f"{name}: --because must say why it is lowered")
    line = f"- The floor of `{name}` is {value:g}, no longer {floor.floor:g}: {because.strip().rstrip('.')}."
    text = _with_line(changelog.read_text(encoding="utf-8"), line)
    _write(name, floor.moved(value), file)
    changelog.write_text(text, encoding="utf-8")


def _known(name: str, file: Path) -> Floor:
    floors = read_floors(file)
    if name not in floors:
        raise FloorError(f"{name}: no such floor; there are {', '.join(floors)}")
    return floors[name]


def _write(name: str, floor: Floor, file: Path) -> None:
    yaml: Any = YAML()
    yaml.width = _WIDTH
    document = yaml.load(file.read_text(encoding="utf-8"))
    document[name]["at_most" if floor.most else "at_least"] = floor.floor
    document[name]["best"] = floor.best
    with file.open("w", encoding="utf-8") as output:
        yaml.dump(document, output)


def _with_line(changelog: str, line: str) -> str:
    """The changelog with a line for operators, who come last, at the end of what is unreleased."""
    before, heading, rest = changelog.partition(_UNRELEASED)
    if not heading:
        raise FloorError(f"{CHANGELOG.name}: there is no heading {_UNRELEASED!r} to tell of it below")
    unreleased, mark, older = rest.partition("\n## ")
    unreleased = unreleased.rstrip()
    if _OPERATORS not in unreleased:
        unreleased += f"\n\n{_OPERATORS}\n"
    told = textwrap.fill(line, _WIDTH, subsequent_indent="  ")
    return f"{before}{heading}{unreleased}\n{told}\n{mark}{older}"


def main(arguments: Sequence[str]) -> int:
    """Move one floor; the exit code is 1 if it may not be moved so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.floors", description=__doc__.partition("\n")[0])
    direction = parser.add_mutually_exclusive_group(required=True)
    direction.add_argument("--raise", nargs=2, metavar=("NAME", "VALUE"), dest="stricter")
    direction.add_argument("--lower", nargs=2, metavar=("NAME", "VALUE"), dest="weaker")
    parser.add_argument("--because", default="", help="why the floor is lowered; told in CHANGELOG.md")
    options = parser.parse_args(arguments)
    name, text = options.stricter or options.weaker
    try:
        value = float(text)
    except ValueError:
        parser.error(f"{text!r} is not a number, such as 0.95")
    try:
        if options.stricter:
            raise_floor(name, value, FLOORS)
        else:
            lower_floor(name, value, options.because, FLOORS, CHANGELOG)
    except FloorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
