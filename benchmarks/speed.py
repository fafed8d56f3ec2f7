"""Speed: Bingwen through its whole chain beside stock Rasa, on the same questions and in the same run.

`python -m benchmarks.speed [--seconds N] [--epochs N]`
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.examples import read_intents
from assistant.knowledge import Knowledge, KnowledgeError
from assistant.settings import ROOT, SettingError, Settings, get_settings
from assistant.validation import load_knowledge
from benchmarks import servers
from benchmarks.load import Job, Measurement
from benchmarks.stock import EPOCHS, Stock, StockError, project_files
from launcher import model
from launcher.environment import child_environment

#: Concurrent clients; the promise is about the last.
CLIENTS = (1, 8)
#: The sides take turns this often, so that noise on the machine reaches both.
ROUNDS = 3
#: Seconds before each measurement that do not count.
WARM_UP = 2.0
#: The promise: at least this many times as many messages a second as stock Rasa, and a lower p99.
LEAST_RATIO = 2.5
LEAST_SECONDS = 10
#: Processors that other programs may keep busy without being worth a remark.
QUIET = 0.2
NAMES = {"bingwen": "Bingwen", "rasa": "stock Rasa"}

#: Measures one system with so many clients on these questions.
Measure = Callable[[str, int, list[str]], Measurement]


@dataclass
class Cell:
    """What was measured of one system with one number of clients: all rounds together, and each one's rate."""

    measured: Measurement = field(default_factory=Measurement)
    rates: list[float] = field(default_factory=list)

    def add(self, measured: Measurement) -> None:
        self.measured.add(measured)
        self.rates.append(len(measured.latencies) / measured.seconds)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.measured.latencies) / self.measured.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the good answers came; infinite if there was none."""
        ordered = sorted(self.measured.latencies)
        return ordered[math.ceil(share * len(ordered)) - 1] * 1000 if ordered else math.inf


#: By system and number of clients.
Cells = dict[tuple[str, int], Cell]


def compare(measure: Measure, questions: Sequence[str]) -> Cells:
    """Measure both systems by turns. In a round both get the same questions in the same order."""
    cells: Cells = {(system, clients): Cell() for clients in CLIENTS for system in NAMES}
    for number in range(ROUNDS):
        for clients in CLIENTS:
            drawn = random.Random(f"{number} {clients}").sample(questions, len(questions))
            for system in NAMES:
                cells[system, clients].add(measure(system, clients, drawn))
    return cells


def table(cells: Cells) -> list[str]:
    """The report, line by line."""
    lines = [f"{'clients':>7}  {'system':<10} {'messages/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'errors':>7}"]
    for clients in CLIENTS:
        for system, name in NAMES.items():
            cell = cells[system, clients]
            middle, slow = cell.percentile(0.5), cell.percentile(0.99)
            errors = len(cell.measured.errors)
            lines.append(f"{clients:>7}  {name:<10} {cell.rate:>10.1f} {middle:>8.1f} {slow:>8.1f} {errors:>7}")
        ours, theirs = cells["bingwen", clients].rates, cells["rasa", clients].rates
        each = ", ".join(f"{_ratio(a, b):.2f}" for a, b in zip(ours, theirs, strict=True))
        lines.append(f"{clients:>7}  ratio      {ratio(cells, clients):>10.2f}  (round by round: {each})")
    return lines


def ratio(cells: Cells, clients: int) -> float:
    """How many times as many messages a second Bingwen answers."""
    return _ratio(cells["bingwen", clients].rate, cells["rasa", clients].rate)


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else math.inf


def shortcomings(cells: Cells) -> list[str]:
    """What of the promise does not hold; an empty list if it does."""
    clients = CLIENTS[-1]
    ours, theirs = cells["bingwen", clients], cells["rasa", clients]
    found = []
    if ratio(cells, clients) < LEAST_RATIO:
        found.append(f"{ratio(cells, clients):.2f} times as fast at {clients} clients; promised is {LEAST_RATIO}")
    if ours.percentile(0.99) >= theirs.percentile(0.99):
        found.append(f"the p99 at {clients} clients is not lower than stock Rasa's")
    found += [
        f"{NAMES[system]} failed {len(cell.measured.errors)} times at {clients} clients, e.g. {cell.measured.errors[0]}"
        for (system, clients), cell in cells.items()
        if cell.measured.errors
    ]
    return found


def busy_processors(seconds: float = 2.0, statistics: Path = Path("/proc/stat")) -> float:
    """How many processors are busy on average, with both sides idle: what others do; 0 where Linux is not."""
    if not statistics.exists():
        return 0.0
    before = _ticks(statistics)
    time.sleep(seconds)
    return (_ticks(statistics) - before) / os.sysconf("SC_CLK_TCK") / seconds


def _ticks(statistics: Path) -> int:
    """Clock ticks that all processors together spent on user (also niced) and system work."""
    return sum(int(ticks) for ticks in statistics.read_text(encoding="ascii").split(maxsplit=4)[1:4])


def main() -> int:
    """Compare and print; the exit code is 1 if the promise does not hold or nothing could be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=30, help="for each number of a row (default: %(default)s)")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of stock Rasa's intents (default: %(default)s)")
    options = parser.parse_args()
    if options.seconds < LEAST_SECONDS:
        parser.error(f"--seconds: fewer than {LEAST_SECONDS} tell nothing")
    # Told to stop, leave nothing running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return _report(get_settings(), options.seconds, options.epochs)
    except (SettingError, KnowledgeError, model.TrainingError, StockError, servers.ServerError) as error:
        print(error, file=sys.stderr)
        return 1


def _report(settings: Settings, seconds: float, epochs: int) -> int:
    knowledge = load_knowledge(settings.data_folder)
    questions = [question for entry in knowledge for question in entry.questions]
    stock = Stock(_stock_files(settings, knowledge, epochs))
    stock.prepare()
    archive = model.train(settings)
    print(f"==> Starting both: {archive.name} and {stock.model.name}", flush=True)
    with servers.bingwen(archive) as ours, servers.stock_rasa(stock, questions[0]) as theirs:
        ports = {"bingwen": ours, "rasa": theirs}
        total = round(ROUNDS * len(ports) * len(CLIENTS) * (seconds / ROUNDS + WARM_UP))
        busy = busy_processors()
        print(f"==> Measuring for {total} s", flush=True)
        cells = compare(
            lambda system, clients, drawn: _measure(
                Job(system, ports[system], clients, seconds / ROUNDS, WARM_UP, drawn)
            ),
            questions,
        )
        busy = max(busy, busy_processors())
    print(f"\n{len(questions)} questions, {ROUNDS} rounds by turns, {seconds:g} s a row, {os.cpu_count()} processors")
    print(f"stock Rasa: {stock.versions()}; intents trained for {epochs} epochs (no matter for speed)\n")
    print("\n".join(table(cells)))
    if busy > QUIET:
        print(f"\nOther programs kept {busy:.1f} processors busy: on a quiet machine these numbers will differ.")
    problems = shortcomings(cells)
    print("\n" + ("\n".join(f"NOT as promised: {problem}" for problem in problems) or "as promised"))
    return 1 if problems else 0


def _stock_files(settings: Settings, knowledge: Knowledge, epochs: int) -> dict[str, str]:
    examples = {entry.id: entry.questions for entry in knowledge}
    base = read_intents(settings.data_folder / "nlu" / "base.yml")
    return project_files({**examples, **base}, {entry.id: entry.answer for entry in knowledge}, epochs)


def _measure(job: Job) -> Measurement:
    """Do a job in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"], cwd=ROOT, env=child_environment(), check=True,
        input=json.dumps(asdict(job)), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Measurement(**json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(main())
