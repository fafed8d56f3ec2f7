"""Overlap: how much of a check's wording its nearest training question shares, so that checks stay new sentences."""

from __future__ import annotations

import numpy as np

from assistant.knowledge import Knowledge
from assistant.ngrams import counts, vocabulary
from assistant.normalize import bare
from benchmarks.quality.content import covered_checks
from benchmarks.quality.figures import Part, quantity, share

#: From this share of common pieces on, two questions are one with small changes.
_SAME = 0.8


def overlaps(texts: list[str], learnt: list[str]) -> np.ndarray:
    """For each text the largest Jaccard overlap of character pieces (one to three long) with any learnt one: (n,)."""
    columns = {piece: column for column, piece in enumerate(vocabulary(learnt + texts))}
    ours, theirs = counts(texts, columns), counts(learnt, columns)
    ours.data[:], theirs.data[:] = 1, 1
    common = (ours @ theirs.T).toarray()
    union = ours.sum(axis=1) + theirs.sum(axis=1).T - common
    return np.asarray((common / np.asarray(union)).max(axis=1))


def measure(knowledge: Knowledge) -> Part:
    """The overlap of the content checks with the knowledge's questions."""
    checks = covered_checks()
    learnt = [bare(question) for entry in knowledge for question in (entry.title, *entry.questions)]
    found = overlaps([bare(check.question) for check in checks], learnt)
    alike = [f"{value:.2f}: {check.question}" for check, value in zip(checks, found, strict=True) if value >= _SAME]
    figures = [quantity("overlap.median", found.tolist(), "share"), share("overlap.nearly_learnt", found >= _SAME)]
    return Part("Overlap with training questions", figures, failures=alike)
