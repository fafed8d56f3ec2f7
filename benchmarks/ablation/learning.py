"""Learning: what the classifier learns from, each left out of one that is fitted anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold

from assistant.classification import LinearClassifier
from assistant.machines import HINGE, SOFTMAX, Kind, fit
from assistant.understanding import NOT_COVERED_PREFIX
from assistant.weighting import Weighting
from benchmarks.ablation.table import Effect
from benchmarks.features import Examples
from benchmarks.quality.figures import share

#: Folds of the training questions, of which one is held out.
_FOLDS = 5
_DENSE_WEIGHT = 1.5


def fitted_anew(data: Examples) -> Iterator[tuple[str, list[Effect]]]:
    """What the classifier learns from, each with what is lost when a fifth of the questions is judged without it."""
    rows = np.flatnonzero(~data.statements & ~np.char.startswith(data.intents.astype(str), NOT_COVERED_PREFIX))
    seen, unseen = next(StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(rows, data.intents[rows]))
    held, asked = _rows(data, rows[unseen]), _rows(data, rows[seen])
    taught = _rows(data, np.concatenate([rows[seen], np.flatnonzero(data.statements)]))

    def without(right: np.ndarray) -> list[Effect]:
        return [Effect(kept, share(kept.name, right.tolist()))]

    kept = share("held-out questions", right_with(taught, held).tolist())
    yield "NgramFeaturizer", without(right_with(uncounted(taught), uncounted(held)))
    yield "SentenceEncoderFeaturizer", without(right_with(taught, held, dense_weight=0.0))
    yield "sentences of answers as examples", without(right_with(asked, held))
    yield "choice of the loss (else the hinge)", without(right_by(HINGE, taught, held))
    yield "choice of the loss (else the softmax)", without(right_by(SOFTMAX, taught, held))


def right_with(taught: Examples, held: Examples, dense_weight: float = _DENSE_WEIGHT) -> np.ndarray:
    """Whether each of `held` gets its intent by the classifier that learnt `taught`."""
    classifier = LinearClassifier.fit(
        taught.counts, taught.vectors, taught.intents.tolist(), dense_weight=dense_weight,
        calibrate_on=~taught.statements,
    )  # fmt: skip
    best = classifier.margins(held.counts, held.vectors).argmax(axis=1)
    return np.asarray(np.array(classifier.labels)[best] == held.intents)


def right_by(kind: Kind, taught: Examples, held: Examples) -> np.ndarray:
    """The same with one loss, whichever of them the number of examples calls for."""
    labels, truth = np.unique(taught.intents, return_inverse=True)
    weighting = Weighting.fit(taught.counts)
    vectors = np.asarray(taught.vectors * _DENSE_WEIGHT, np.float32)
    machines = fit(weighting.transform(taught.counts), vectors, truth, len(labels), kind)
    margins = machines.margins(weighting.transform(held.counts), held.vectors * _DENSE_WEIGHT)
    return np.asarray(labels[margins.argmax(axis=1)] == held.intents)


def _rows(data: Examples, rows: np.ndarray) -> Examples:
    texts = [data.texts[row] for row in rows]
    return Examples(texts, *(getattr(data, n)[rows] for n in ("intents", "statements", "named", "counts", "vectors")))


def uncounted(data: Examples) -> Examples:
    """The examples without their n-grams."""
    return replace(data, counts=csr_matrix(data.counts.shape, dtype=data.counts.dtype))
