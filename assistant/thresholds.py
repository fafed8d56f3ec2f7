"""Thresholds: when an answer is sure, when it is worth asking back. Found on data by `make calibrate`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Thresholds:
    """Numbers between 0 and 1; data/thresholds.yml says what each one means."""

    answer: float
    coverage: float
    confidence_weight: float
    clarify: float
    urgency: float
    urgent: float
    urgent_coverage: float
    follow_up: float
    familiar: float
    part: float
    search_answer: float
    search_sure: float
    search_clarify: float

    @classmethod
    def load(cls, file: Path) -> Thresholds:
        """Read data/thresholds.yml. Raises ValueError that names a missing or impossible number."""
        values = YAML(typ="safe").load(file.read_text(encoding="utf-8")) or {}
        for item in fields(cls):
            value = values.get(item.name)
            if not isinstance(value, (int, float)) or not 0 <= value <= 1:
                raise ValueError(f"{file.name}#{item.name}: {value!r} should be a number between 0 and 1")
        return cls(**{item.name: float(values[item.name]) for item in fields(cls)})
