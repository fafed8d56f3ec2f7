"""Parsing: how long a message takes to be understood, on one processor."""

from __future__ import annotations

import time

from benchmarks.quality.content import covered_checks
from benchmarks.quality.figures import Part, quantity
from benchmarks.quality.respondent import Respondent

_WARM_UP = 20


def measure(respondent: Respondent) -> Part:
    """Milliseconds of one parse through Rasa's graph, over the content checks."""
    took = []
    for check in covered_checks():
        started = time.perf_counter()
        respondent.understand(check.question)
        took.append((time.perf_counter() - started) * 1000)
    return Part("Parsing", [quantity("parsing.p50", took[_WARM_UP:], "ms")])
