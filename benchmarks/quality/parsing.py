"""Parsing: how long a message takes to be understood on one core, beside a stock model, in the same run.

The stock model has the pipeline that `rasa init` writes. It is trained on every tenth question of each entry for a
single epoch: the network has the same layers and intents then, and how right it is takes no part. Both parse the same
messages, block by block in turn, so that noise reaches both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.examples import read_intents
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from benchmarks.quality.content import covered_checks
from benchmarks.quality.figures import Part, quantity, ratio
from benchmarks.quality.stopwatch import Stopwatch
from benchmarks.quality.training import labelled, train
from benchmarks.stock import default_pipeline
from launcher import model

#: Gives the milliseconds that each of some messages takes.
Times = Callable[[Sequence[str]], list[float]]
#: Of an entry's questions one in so many trains the stock model.
_EVERY = 10
#: Messages that one side answers before it is the other's turn. The first block only warms up.
_BLOCK = 20


def measure(settings: Settings, knowledge: Knowledge) -> Part:
    """Milliseconds of one parse through Rasa's graph, over the content checks: ours, stock, and their ratio."""
    messages = [check.question for check in covered_checks()]
    with TemporaryDirectory() as folder:
        stock = train(labelled(questions(settings, knowledge)), default_pipeline(epochs=1), Path(folder))
        with Stopwatch(model.current(settings)) as own, Stopwatch(stock) as plain:
            ours, theirs = in_turn((own.times, plain.times), messages)
    return Part(
        "Parsing",
        [
            quantity("parsing.p50", ours, "ms"),
            quantity("parsing.stock.p50", theirs, "ms"),
            ratio("parsing.of_stock", ours, theirs),
        ],
    )


def in_turn(sides: Sequence[Times], messages: Sequence[str]) -> list[list[float]]:
    """For each side the milliseconds of every message after the first block, in the messages' order."""
    blocks = [messages[start : start + _BLOCK] for start in range(0, len(messages), _BLOCK)]
    rounds = [[times(block) for times in sides] for block in blocks]
    return [[value for measured in rounds[1:] for value in measured[side]] for side in range(len(sides))]


def questions(settings: Settings, knowledge: Knowledge) -> list[tuple[str, str]]:
    """One in _EVERY questions of each entry and base intent, with its intent."""
    own = {entry.id: entry.questions for entry in knowledge}
    base = read_intents(settings.data_folder / "nlu" / "base.yml")
    return [(text, intent) for intent, texts in {**own, **base}.items() for text in texts[::_EVERY]]
