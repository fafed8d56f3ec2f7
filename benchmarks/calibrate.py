"""Calibrate: finds the thresholds on held-out training questions and writes data/thresholds.yml.

Every question is judged once by a classifier and a coverage model that did not see it. The confidence's weight is
the one that tells covered from uncovered best (area under the curve). The coverage threshold is the lowest at which
at most FALSE_ANSWERS of the held-out uncovered examples, near misses among them, would be answered. The answer and
clarify thresholds have the least cost: OTHER_TOPIC for an answer from another topic, OTHER_ENTRY for a neighbour in
the right one (it carries the core facts), ASKED_BACK and a little for each reading if the right one is offered, LOST
if it is not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from assistant.answering import MOST_READINGS
from assistant.classification import LinearClassifier
from assistant.coverage import Coverage, weighed
from assistant.examples import read_intents
from assistant.settings import Settings, get_settings
from assistant.thresholds import Thresholds
from assistant.understanding import NOT_COVERED_PREFIX
from assistant.validation import load_knowledge
from benchmarks.features import Examples, examples

FOLDS = 4
#: The share of uncovered examples that may be answered: the project's bar is two in a hundred on unseen talk.
FALSE_ANSWERS = 0.02
OTHER_TOPIC, OTHER_ENTRY, ASKED_BACK, EACH_READING, LOST = 3.0, 1.0, 0.5, 0.1, 2.0
_WEIGHTS = (0.0, 0.1, 0.25, 0.5, 1.0)
#: Labels that the guard compares a question with: `ranking_length` of the classifier in config.yml.
_LIKELY = 8
_GRID = np.round(np.arange(0.05, 0.96, 0.01), 2)


@dataclass(frozen=True)
class Judged:
    """Held-out verdicts, one a row: coverage, the best confidences (descending), the rank of the truth, and whether
    the best entry is of the right topic."""

    covered: np.ndarray
    coverage: np.ndarray
    confidences: np.ndarray
    truth_rank: np.ndarray
    topic_right: np.ndarray


def judge(data: Examples, base: frozenset[str], topics: Mapping[str, str]) -> Judged:
    """Judge every question by models that did not see it; statements are always learnt and never judged."""
    refused = np.array([intent.startswith(NOT_COVERED_PREFIX) for intent in data.intents])
    is_base = np.isin(data.intents, list(base))
    rows = np.flatnonzero(~data.statements & ~is_base)
    always = np.flatnonzero(data.statements | is_base)
    parts = []
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, data.intents[rows]):
        learnt = np.concatenate([rows[seen], always])
        taught = learnt[~refused[learnt]]
        classifier = LinearClassifier.fit(
            data.counts[taught], data.vectors[taught], data.intents[taught].tolist(),
            dense_weight=1.5, calibrate_on=~data.statements[taught],
        )  # fmt: skip
        coverage = Coverage.fit(
            data.counts[rows[seen]],
            data.vectors[rows[seen]],
            data.named[rows[seen]],
            [None if refused[row] else data.intents[row] for row in rows[seen]],
        )
        held = rows[unseen]
        confidences = classifier.confidences(data.counts[held], data.vectors[held])
        ranked = np.argsort(-confidences, axis=1, kind="stable")
        likely = np.array(classifier.labels)[ranked[:, :_LIKELY]].tolist()
        order = ranked[:, :MOST_READINGS]
        labels = np.array(classifier.labels)[order]
        hit = labels == data.intents[held][:, None]
        rank = np.where(hit.any(axis=1), hit.argmax(axis=1), MOST_READINGS)
        best = np.take_along_axis(confidences, order, axis=1)
        right = np.array(
            [topics.get(a, a) == topics.get(b, b) for a, b in zip(labels[:, 0], data.intents[held], strict=True)]
        )
        parts.append(
            Judged(
                ~refused[held],
                coverage.probabilities(data.counts[held], data.vectors[held], data.named[held], likely),
                best,
                rank,
                right,
            )
        )
        print(f"    judged {len(held)} questions by models that did not see them", flush=True)
    return Judged(*(np.concatenate([getattr(part, name) for part in parts]) for name in Judged.__dataclass_fields__))


def find(judged: Judged, current: Thresholds) -> Iterator[tuple[str, float]]:
    """Each threshold that data can set, with its value."""
    first = judged.confidences[:, 0]

    def auc(weight: float) -> float:
        return float(roc_auc_score(judged.covered, weighed(judged.coverage, first, weight)))

    weight = max(_WEIGHTS, key=auc)
    yield "confidence_weight", weight
    of_covered = Judged(*(getattr(judged, name)[judged.covered] for name in Judged.__dataclass_fields__))
    answer = float(min(_GRID, key=lambda threshold: _cost(of_covered, threshold, current.clarify)))
    yield "answer", answer
    yield "clarify", float(min(_GRID[answer > _GRID], key=lambda threshold: _cost(of_covered, answer, threshold)))
    answerable = weighed(judged.coverage, first, weight)[~judged.covered]
    answerable[first[~judged.covered] < answer] = 0.0  # These are not answered whatever their coverage.
    yield "coverage", float(np.round(np.quantile(answerable, 1 - FALSE_ANSWERS), 3))


def _cost(judged: Judged, answer: float, clarify: float) -> float:
    offered = np.maximum((judged.confidences >= clarify).sum(axis=1), 2)
    back = np.where(judged.truth_rank < offered, ASKED_BACK + EACH_READING * offered, LOST)
    wrong = np.where(judged.topic_right, OTHER_ENTRY, OTHER_TOPIC)
    answered = np.where(judged.truth_rank == 0, 0.0, wrong)
    return float(np.where(judged.confidences[:, 0] >= answer, answered, back).mean())


def main(settings: Settings) -> int:
    """Find, print and write the thresholds."""
    file = settings.data_folder / "thresholds.yml"
    current = Thresholds.load(file)
    base = frozenset(read_intents(settings.data_folder / "nlu" / "base.yml"))
    print("==> Reading and featurising the training examples", flush=True)
    topics = {entry.id: entry.topic for entry in load_knowledge(settings.data_folder)}
    judged = judge(examples(settings), base, topics)
    right = float((judged.truth_rank[judged.covered] == 0).mean())
    print(f"==> {len(judged.covered)} questions judged; the first entry is right for {right:.3f} of the covered ones")
    lines = file.read_text(encoding="utf-8").splitlines()
    for name, value in find(judged, current):
        print(f"    {name}: {getattr(current, name)} -> {value:g}")
        lines = [_set(line, name, value) for line in lines]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _set(line: str, name: str, value: float) -> str:
    """The line of the file with its number replaced and its comment kept."""
    if not line.startswith(f"{name}:"):
        return line
    comment = line.partition("#")[2]
    return f"{name}: {value:g}".ljust(25) + (f"#{comment}" if comment else "")


if __name__ == "__main__":
    sys.exit(main(get_settings()))
