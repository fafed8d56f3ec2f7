"""Outside: what the knowledge does not cover, at three distances, and how well covered questions are told from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from sklearn.metrics import roc_auc_score

from assistant.settings import ROOT
from benchmarks.quality import plots
from benchmarks.quality.content import covered_checks, holds
from benchmarks.quality.figures import Figure, Part, share
from benchmarks.quality.respondent import ANSWERS, Respondent

FOLDER = ROOT / "tests" / "evaluation"
#: The share of covered questions that a threshold lets pass where false answers are compared.
_COVERAGE = 0.95


def near_misses() -> dict[str, list[str]]:
    """Questions that are not covered, by distance: other public services, and words shared with covered subjects."""
    return {name: read_list(FOLDER / f"{name}.yml") for name in ("public_services", "lexical_traps")}


def read_list(file: Path) -> list[str]:
    """The strings in a YAML list."""
    return [str(item) for item in YAML(typ="safe").load(file.read_text(encoding="utf-8"))]


def far(bench: Path | None) -> list[str]:
    """Talk that no public service covers, from the folder of evaluation data; none without it."""
    file = bench / "oos_dev.tsv" if bench else None
    if file is None or not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()[1:]  # Below the names of the columns.
    return [line.split("\t")[0] for line in lines]


def measure(respondent: Respondent, bench: Path | None = None) -> Part:
    """False answers and separation at each distance, and how many covered questions get what they need."""
    sets = {**({"far": lines} if (lines := far(bench)) else {}), **near_misses()}
    figures, failures, curves = [], [], {}
    inside = np.array([respondent.understand(check.question).coverage for check in covered_checks()])
    for name, lines in sets.items():
        understood = [respondent.understand(line) for line in lines]
        replies = [respondent.replies(line, one) for line, one in zip(lines, understood, strict=True)]
        answered = [any(reply.kind in ANSWERS for reply in each) for each in replies]
        scores = np.array([one.coverage for one in understood])
        figures.append(share(f"outside.{name}.answered", answered))
        figures += _separation(name, inside, scores)
        failures += [f"{name}: {line}" for line, wrong in zip(lines, answered, strict=True) if wrong]
        curves[name] = _risks(inside, scores)
    figures.append(_served(respondent))
    remarks = [] if "far" in sets else ["far: not measured, no folder with oos_dev.tsv was given (BENCH=folder)"]
    return Part(
        "Outside the knowledge",
        figures,
        {"False answers against coverage": plots.curves(curves, "covered questions let pass", "outside let pass")},
        failures,
        remarks,
    )


def _separation(name: str, inside: np.ndarray, outside: np.ndarray) -> list[Figure]:
    truth = np.concatenate([np.ones(len(inside)), np.zeros(len(outside))])
    scores = np.concatenate([inside, outside])
    random = np.random.default_rng(0)
    drawn = [random.integers(0, len(truth), len(truth)) for _ in range(200)]
    areas = [roc_auc_score(truth[rows], scores[rows]) for rows in drawn]
    low, high = np.quantile(areas, [0.025, 0.975])
    area = Figure(
        f"outside.{name}.auroc", float(roc_auc_score(truth, scores)), float(low), float(high), len(truth), "area"
    )
    threshold = np.quantile(inside, 1 - _COVERAGE)
    return [area, share(f"outside.{name}.passed_at_95", outside >= threshold)]


def _risks(inside: np.ndarray, outside: np.ndarray) -> tuple[Sequence[float], Sequence[float]]:
    """Shares let pass at every threshold, of covered questions and of those outside."""
    thresholds = np.quantile(inside, np.linspace(0, 0.5, 51))
    return [float((inside >= t).mean()) for t in thresholds], [float((outside >= t).mean()) for t in thresholds]


def _served(respondent: Respondent) -> Figure:
    """Covered questions that are answered, or asked back about with the right reading among those offered."""
    served = []
    for check in covered_checks():
        replies = respondent.replies(check.question)
        kinds = {reply.kind for reply in replies}
        offered = [
            suggestion.message for reply in replies if reply.kind == "clarify" for suggestion in reply.suggestions
        ]
        served.append(bool(kinds & {*ANSWERS, "form"}) or any(holds(respondent, check, reading) for reading in offered))
    return share("outside.covered_served", served)
