"""Urgency: emergencies that are heard, and talk about fraud that is none."""

from __future__ import annotations

from benchmarks.quality.figures import Part, share
from benchmarks.quality.outside import FOLDER, read_list
from benchmarks.quality.respondent import Respondent


def measure(respondent: Respondent) -> Part:
    """Recall over emergencies, and precision with calm messages beside them."""
    urgent, calm = read_list(FOLDER / "urgent.yml"), read_list(FOLDER / "calm.yml")
    heard = ["urgent" in respondent.kinds(message) for message in urgent]
    alarmed = ["urgent" in respondent.kinds(message) for message in calm]
    alarms = [True] * sum(heard) + [False] * sum(alarmed)
    failures = [f"missed: {message}" for message, right in zip(urgent, heard, strict=True) if not right]
    failures += [f"false alarm: {message}" for message, wrong in zip(calm, alarmed, strict=True) if wrong]
    figures = [share("urgency.recall", heard)]
    figures += [share("urgency.precision", alarms)] if alarms else []
    return Part("Urgency", figures, failures=failures)
