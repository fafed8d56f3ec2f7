"""Floors: read strictly, moved by one command, and never lowered in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import floors
from benchmarks.quality.figures import Figure
from benchmarks.quality.floors import (
    CHANGELOG,
    Floor,
    FloorError,
    fallen,
    lower_floor,
    main,
    raise_floor,
    read_floors,
    untold,
)

FLOORS = """# The head stays.
content.plain: {at_least: 0.97, best: 0.97, bar: 0.98}
parsing.p50: {at_most: 20, best: 20, bar: 5}
"""
LOG = """# Changelog

## Unreleased

### Residents

- More is known.

### Operators

- Starts sooner.

## 0.1.0

### Operators

- One archive.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "floors.yml"
    path.write_text(FLOORS, encoding="utf-8")
    return path


@pytest.fixture
def changelog(tmp_path: Path) -> Path:
    path = tmp_path / "CHANGELOG.md"
    path.write_text(LOG, encoding="utf-8")
    return path


def unchanged(file: Path, changelog: Path) -> bool:
    return file.read_text(encoding="utf-8") == FLOORS and changelog.read_text(encoding="utf-8") == LOG


@pytest.mark.parametrize(
    ("most", "value", "holds", "reached"),
    [(False, 0.95, True, True), (False, 0.9, True, False), (False, 0.8, False, False), (True, 0.96, False, False)],
)
def test_a_floor_looks_in_its_direction(most: bool, value: float, holds: bool, reached: bool) -> None:
    floor = Floor(0.85, 0.85, 0.95, most)
    assert (floor.holds(value), floor.reached(value)) == (holds, reached)


def test_what_fell_is_named_with_its_floor() -> None:
    figures = [Figure("good", 0.9, 0, 1, 9), Figure("bad", 0.4, 0, 1, 9), Figure("free", 0.1, 0, 1, 9)]
    given = {"good": Floor(0.8, 0.8, 0.9), "bad": Floor(0.5, 0.5, 0.9)}
    assert fallen(figures, given) == ["bad: 0.4000, the floor is 0.5"]


def test_the_projects_floors_can_be_read() -> None:
    names = {"content.plain", "outside.lexical_traps.answered", "urgency.recall", "dialogues.all", "parsing.of_stock"}
    assert names <= set(read_floors())


def test_no_floor_of_the_project_was_lowered_without_telling() -> None:
    assert untold(read_floors(), CHANGELOG.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "item",
    [
        "{at_least: 0.9, bar: 0.9}",
        "{at_least: 0.9, best: 0.9}",
        "{at_least: 0.9, at_most: 0.9, best: 0.9, bar: 0.9}",
        "{at_last: 1, best: 1, bar: 1}",
        "{at_least: 0.9, best: 0.8, bar: 0.9}",
        "{at_most: 5, best: 20, bar: 5}",
    ],
)
def test_a_floor_that_is_not_complete_or_better_than_its_best_is_refused_by_name(tmp_path: Path, item: str) -> None:
    file = tmp_path / "floors.yml"
    file.write_text(f"content.all: {item}\n", encoding="utf-8")
    with pytest.raises(FloorError, match=r"content\.all"):
        read_floors(file)


def test_a_raised_floor_is_the_new_best_and_nothing_else_changes(file: Path) -> None:
    raise_floor("content.plain", 0.975, file)
    raise_floor("parsing.p50", 12.5, file)
    assert file.read_text(encoding="utf-8") == FLOORS.replace("0.97,", "0.975,").replace("20", "12.5")


def test_a_lowered_floor_keeps_its_best_and_is_told_to_operators_with_the_reason(file: Path, changelog: Path) -> None:
    because = "half of the questions are now harder ones, which were asked at the counter in the week of the flood."
    lower_floor("content.plain", 0.95, because, file, changelog)
    assert file.read_text(encoding="utf-8") == FLOORS.replace("at_least: 0.97", "at_least: 0.95")
    before, after = LOG.split("\n## 0.1.0")
    told = changelog.read_text(encoding="utf-8")
    assert told.startswith(before)
    assert told.endswith("\n\n## 0.1.0" + after)
    line = told.removeprefix(before).partition("\n\n## 0.1.0")[0]
    assert " ".join(line.split()) == f"- The floor of `content.plain` is 0.95, no longer 0.97: {because}"
    assert untold(read_floors(file), told) == []


def test_a_floor_of_what_must_stay_small_is_lowered_to_a_greater_value(file: Path, changelog: Path) -> None:
    lower_floor("parsing.p50", 25, "slower machine", file, changelog)
    assert read_floors(file)["parsing.p50"] == Floor(25, 20, 5, most=True)
    assert "- The floor of `parsing.p50` is 25, no longer 20: slower machine.\n" in changelog.read_text(
        encoding="utf-8"
    )


def test_operators_get_their_heading_if_nothing_was_told_them_yet(file: Path, changelog: Path) -> None:
    changelog.write_text("# Changelog\n\n## Unreleased\n\n## 0.1.0\n", encoding="utf-8")
    lower_floor("parsing.p50", 25, "slower machine", file, changelog)
    line = "- The floor of `parsing.p50` is 25, no longer 20: slower machine."
    expected = f"# Changelog\n\n## Unreleased\n\n### Operators\n\n{line}\n\n## 0.1.0\n"
    assert changelog.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--lower", "content.plain", "0.98", "--because", "x"], "0.98 is not weaker than 0.97"),
        (["--lower", "content.plain", "0.97", "--because", "x"], "0.97 is not weaker than 0.97"),
        (["--lower", "parsing.p50", "10", "--because", "x"], "10 is not weaker than 20"),
        (["--lower", "content.plain", "0.9"], "--because"),
        (["--lower", "content.all", "0.9", "--because", "x"], "content.all: no such floor; there are content.plain, "),
        (["--raise", "content.plain", "0.96"], "0.96 is not stricter than 0.97"),
        (["--raise", "content.plain", "0.97"], "0.97 is not stricter than 0.97"),
        (["--raise", "parsing.p50", "21"], "21 is not stricter than 20"),
    ],
)
def test_a_move_in_the_wrong_direction_or_without_a_reason_is_refused(
    file: Path, changelog: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], problem: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(floors, "FLOORS", file)
    monkeypatch.setattr(floors, "CHANGELOG", changelog)
    assert main(arguments) == 1
    assert problem in capsys.readouterr().err
    assert unchanged(file, changelog)


def test_a_floor_is_not_lowered_if_it_cannot_be_told(file: Path, changelog: Path) -> None:
    changelog.write_text("# Changelog\n", encoding="utf-8")
    with pytest.raises(FloorError, match="## Unreleased"):
        lower_floor("parsing.p50", 25, "slower machine", file, changelog)
    assert file.read_text(encoding="utf-8") == FLOORS


@pytest.mark.parametrize(
    ("floor", "told"),
    [
        (Floor(0.97, 0.97, 0.98), ""),
        (Floor(0.95, 0.97, 0.98), "The floor of `x` is 0.95, no longer 0.97: so."),
        (Floor(0.96, 0.97, 0.98), "The floor of `x` is\n  0.95, no longer 0.97: so."),
        (Floor(25, 20, 5, most=True), "The floor of `x` is 30, no longer 20: so."),
    ],
)
def test_a_floor_at_its_best_or_told_to_be_as_low_is_explained(floor: Floor, told: str) -> None:
    assert untold({"x": floor}, told) == []


@pytest.mark.parametrize(
    ("floor", "told"),
    [
        (Floor(0.95, 0.97, 0.98), ""),
        (Floor(0.95, 0.97, 0.98), "The floor of `x` is 0.96, no longer 0.97: so."),
        (Floor(0.95, 0.97, 0.98), "The floor of `y` is 0.95, no longer 0.97: so."),
        (Floor(25, 20, 5, most=True), "The floor of `x` is 22, no longer 20: so."),
    ],
)
def test_a_floor_lowered_by_hand_or_further_than_was_told_is_found(floor: Floor, told: str) -> None:
    assert [line.partition(":")[0] for line in untold({"x": floor}, told)] == ["x"]
