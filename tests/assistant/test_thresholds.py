"""Thresholds: numbers between 0 and 1, or a message that names the one that is not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import ROOT
from assistant.thresholds import Thresholds

NAMES = [item.name for item in fields(Thresholds)]


def written(folder: Path, **values: object) -> Path:
    file = folder / "thresholds.yml"
    numbers = {**dict.fromkeys(NAMES, 0.5), **values}
    file.write_text("\n".join(f"{name}: {value}" for name, value in numbers.items() if value is not None))
    return file


def test_the_projects_own_thresholds_can_be_read() -> None:
    thresholds = Thresholds.load(ROOT / "data" / "thresholds.yml")
    assert thresholds.search_clarify < thresholds.search_answer <= thresholds.search_sure
    assert thresholds.clarify < thresholds.answer


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [0, 1, 0.25])
def test_numbers_from_0_to_1_are_read_by_name(tmp_path: Path, name: str, value: float) -> None:
    thresholds = Thresholds.load(written(tmp_path, **{name: value}))
    assert getattr(thresholds, name) == value
    assert isinstance(getattr(thresholds, name), float)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [-0.01, 1.01, 40, ".nan", ".inf", "high", "[0.5]", None])
def test_any_other_value_is_refused_by_name(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"thresholds\.yml#{name}: .* should be a number between 0 and 1"):
        Thresholds.load(written(tmp_path, **{name: value}))


def test_an_empty_file_is_refused_with_a_name(tmp_path: Path) -> None:
    file = tmp_path / "thresholds.yml"
    file.write_text("# nothing yet\n")
    with pytest.raises(ValueError, match=r"thresholds\.yml"):
        Thresholds.load(file)
