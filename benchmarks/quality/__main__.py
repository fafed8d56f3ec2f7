"""Evaluate: every part of the quality report; `python -m benchmarks.quality [--bench FOLDER] [--only PART …]`.

The exit code is 1 if a figure fell below its floor, 2 if nothing could be measured. Everything happens on DAY, so
that what has expired does not depend on when the report is made.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog

from assistant.settings import ROOT, Settings
from benchmarks import servers
from benchmarks.quality import content, dialogues, intents, noise, outside, overlap, parsing, smp, urgency
from benchmarks.quality.figures import Part
from benchmarks.quality.floors import fallen, read_floors
from benchmarks.quality.report import Report, current_commit
from benchmarks.quality.respondent import Respondent
from launcher import model

#: The day of the evaluation: the page's news are a few weeks old.
DAY = "2026-04-01"


def main(arguments: list[str]) -> int:
    """Measure, print, and keep the report."""
    os.environ["BINGWEN_TODAY"] = DAY  # Before any part, or a process that it starts, asks for the day.
    quieten()
    settings = Settings.from_environ(os.environ)
    try:
        respondent = Respondent(settings)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    measures = _measures(respondent, settings)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__.partition(":")[2])
    parser.add_argument("--bench", default="", help="folder with evaluation data that is not part of the project")
    parser.add_argument("--only", nargs="+", choices=measures, help="measure these parts alone")
    options = parser.parse_args(arguments)
    bench = Path(options.bench) if options.bench else None
    parts = []
    for name in options.only or measures:
        print(f"==> {name}", flush=True)
        parts.append(measures[name](bench))
    floors = read_floors()
    report = Report(
        parts, floors, model.current(settings).name, respondent.assistant.knowledge.digest, current_commit()
    )
    print("\n".join(report.lines()))
    low = fallen(report.figures, floors)
    for line in low:
        print(f"below its floor: {line}", file=sys.stderr)
    print(f"kept in {report.write().relative_to(ROOT)}")
    return 1 if low else 0


def quieten() -> None:
    """Keep what Rasa logs, line by line and epoch by epoch, out of the report: warnings are enough."""
    configure_logging_and_warnings(logging.WARNING)
    configure_structlog(logging.WARNING)


def _measures(respondent: Respondent, settings: Settings) -> dict[str, Callable[[Path | None], Part]]:
    return {
        "content": lambda _: content.measure(respondent),
        "outside": lambda bench: outside.measure(respondent, bench),
        "urgency": lambda _: urgency.measure(respondent),
        "noise": lambda bench: noise.measure(respondent, bench),
        "dialogues": lambda _: _served(settings, dialogues.measure),
        "form": lambda _: _served(settings, lambda ask: dialogues.measure_form(ask, respondent.assistant.wording)),
        "parsing": lambda _: parsing.measure(settings, respondent.assistant.knowledge),
        "overlap": lambda _: overlap.measure(respondent.assistant.knowledge),
        "intents": lambda _: intents.measure(settings, respondent.assistant.knowledge),
        "smp": smp.measure,
    }


def _served(settings: Settings, measure: Callable[[dialogues.Ask], Part]) -> Part:
    with _running(settings) as ask:
        return measure(ask)


@contextmanager
def _running(settings: Settings) -> Iterator[dialogues.Ask]:
    """The assistant as `make run` starts it, to be asked over its public interface."""
    with (
        servers.bingwen(model.current(settings)) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client,
    ):
        yield lambda message, token: dict(
            client.post("/api/chat", json={"message": message, "conversation": token}).raise_for_status().json()
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
