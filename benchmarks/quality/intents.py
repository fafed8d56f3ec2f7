"""Intents: repeated, stratified cross-validation with the importer's data, through Rasa's own interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rasa.nlu.test import generate_folds
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.knowledge import Knowledge
from assistant.settings import ROOT, Settings
from assistant.understanding import NOT_COVERED_PREFIX
from benchmarks.quality import plots
from benchmarks.quality.figures import Figure, Part, share
from benchmarks.quality.training import classifying_pipeline, trained
from components.knowledge_importer import is_statement

REPEATS, FOLDS = 2, 3
#: Bins of equal size in which confidence is compared with accuracy.
_BINS = 15


@dataclass(frozen=True)
class Verdicts:
    """Held-out questions: the true intent, the first one predicted with its confidence, the rank of the truth."""

    truth: np.ndarray
    predicted: np.ndarray
    confidence: np.ndarray
    rank: np.ndarray


def measure(settings: Settings, knowledge: Knowledge) -> Part:
    """Accuracy, calibration and confusions of the classifier on questions that it did not see."""
    verdicts = judge(settings)
    right = verdicts.predicted == verdicts.truth
    topics = {entry.id: entry.topic for entry in knowledge}
    figures = [
        share("intents.accuracy", right),
        share("intents.in_first_three", verdicts.rank < 3),
        _calibration_error(verdicts.confidence, right),
    ]
    order = np.argsort(-verdicts.confidence)
    answered = np.arange(1, len(order) + 1)
    risk = (~right[order]).cumsum() / answered
    step = max(1, len(order) // 60)
    drawn = {
        "Calibration": plots.curves(
            {"held out": _reliability(verdicts.confidence, right)}, "confidence", "accuracy", True
        ),
        "Risk against coverage": plots.curves(
            {"held out": ((answered / len(order))[::step].tolist(), risk[::step].tolist())},
            "share answered",
            "share wrong",
        ),
        "Confusions by topic": _confusions(verdicts, topics),
    }
    worst = _most_confused(verdicts)
    return Part("Intents, cross-validated", figures, drawn, worst)


def judge(settings: Settings) -> Verdicts:
    """Every covered question judged REPEATS times by models that did not see it; statements are always learnt."""
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(settings.data_folder)]
    )
    data = importer.get_nlu_data()
    covered = [item for item in data.intent_examples if not item.get(INTENT).startswith(NOT_COVERED_PREFIX)]
    asked = TrainingData([item for item in covered if not is_statement(item)])
    always = [item for item in covered if is_statement(item)]
    rows = []
    for _ in range(REPEATS):
        for seen, unseen in generate_folds(FOLDS, asked):
            learnt = TrainingData(
                [*seen.intent_examples, *always], entity_synonyms=data.entity_synonyms, lookup_tables=data.lookup_tables
            )
            with TemporaryDirectory() as folder:
                model = trained(learnt, classifying_pipeline(), Path(folder))
                for item in unseen.intent_examples:
                    candidates = model.understand(item.get(TEXT)).candidates
                    names = [candidate.intent for candidate in candidates]
                    truth = item.get(INTENT)
                    place = names.index(truth) if truth in names else len(names)
                    rows.append((truth, names[0], candidates[0].confidence, place))
    return Verdicts(*(np.array(column) for column in zip(*rows, strict=True)))


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> Figure:
    """Expected calibration error over bins of equal size (Guo et al., 2017), with its bootstrap interval."""

    def error(rows: np.ndarray) -> float:
        order = rows[np.argsort(confidence[rows])]
        bins = [part for part in np.array_split(order, _BINS) if len(part)]
        return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in bins) / len(rows))

    every = np.arange(len(right))
    random = np.random.default_rng(0)
    low, high = np.quantile([error(random.choice(every, len(every))) for _ in range(200)], [0.025, 0.975])
    return Figure("intents.calibration_error", error(every), float(low), float(high), len(right), "error")


def _reliability(confidence: np.ndarray, right: np.ndarray) -> tuple[list[float], list[float]]:
    parts = np.array_split(np.argsort(confidence), _BINS)
    return [float(confidence[part].mean()) for part in parts], [float(right[part].mean()) for part in parts]


def _confusions(verdicts: Verdicts, topics: Mapping[str, str]) -> str:
    """Questions of one topic taken for another's."""
    names = sorted({*topics.values(), "small talk"})
    place = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(names), len(names)))
    for truth, predicted in zip(verdicts.truth, verdicts.predicted, strict=True):
        table[place[topics.get(truth, "small talk")], place[topics.get(predicted, "small talk")]] += 1
    return plots.heat(table, names, "predicted", "true")


def _most_confused(verdicts: Verdicts, most: int = 25) -> list[str]:
    wrong = verdicts.truth != verdicts.predicted
    pairs, counts = np.unique(
        np.stack([verdicts.truth[wrong], verdicts.predicted[wrong]], axis=1), axis=0, return_counts=True
    )
    order = np.argsort(-counts, kind="stable")[:most]
    return [f"{counts[index]} times: {pairs[index][0]} taken for {pairs[index][1]}" for index in order]
