"""Pipeline: a component is out of use within its block only, and what it keeps is weighed in the archive."""

from __future__ import annotations

import tarfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from assistant.service import Assistant
from benchmarks.ablation.pipeline import all_covered, by_confidence, instead, megabytes, untouched
from components.urgency_detector import URGENCY


class Guard:
    """A guard that tells which coverage it would judge by."""

    def __init__(self) -> None:
        self._coverage: Any = "learnt"

    def process(self, messages: list[Message]) -> list[Any]:
        return [self._coverage.probabilities(None, np.zeros((len(messages), 2)), None, None)]


def test_a_component_is_in_use_again_after_the_block_whatever_happened() -> None:
    node: Any = SimpleNamespace(_fn="in use")
    with instead(node, untouched):
        assert node._fn is untouched
    assert node._fn == "in use"
    with pytest.raises(ZeroDivisionError), instead(node, untouched):
        raise ZeroDivisionError
    assert node._fn == "in use"


def test_out_of_use_it_leaves_the_messages_as_they_are() -> None:
    messages = [Message.build("tiyanguan")]
    assert untouched(None, messages) is messages


@pytest.mark.parametrize(("confidences", "urgency"), [((0.3, 0.2), 1.0), ((0.3, 0.19), 0.0)])
def test_without_the_detector_the_urgent_entries_need_half_of_the_confidence_together(
    assistant: Assistant, confidences: tuple[float, ...], urgency: float
) -> None:
    names = [entry.id for entry in assistant.knowledge if entry.urgent][: len(confidences)]
    calm = next(entry.id for entry in assistant.knowledge if not entry.urgent)
    message = Message.build("被骗了")
    ranking = [{"name": n, "confidence": c} for n, c in zip([*names, calm], [*confidences, 0.4], strict=True)]
    message.set(INTENT_RANKING_KEY, ranking)
    by_confidence(assistant.knowledge)(None, [message])
    assert message.get(URGENCY) == urgency


def test_without_distances_everything_is_covered_and_they_are_back_afterwards() -> None:
    guard = Guard()
    (coverage,) = all_covered(guard, [Message.build("一"), Message.build("二")])
    assert coverage.tolist() == [1.0, 1.0]
    assert guard._coverage == "learnt"


def test_what_a_component_keeps_is_the_size_of_all_its_files(tmp_path: Path) -> None:
    archive, folder = tmp_path / "model.tar.gz", tmp_path / "components"
    kept = folder / "train_components.coverage_guard.CoverageGuard8"
    kept.mkdir(parents=True)
    (kept / "one").write_bytes(b"0" * 1_000_000)
    (kept / "two").write_bytes(b"0" * 500_000)
    (folder / "metadata.json").write_bytes(b"0" * 1000)
    with tarfile.open(archive, "w:gz") as stored:
        stored.add(folder, "/components")
    sizes = megabytes(archive)
    assert sizes.pop("SentenceEncoderFeaturizer") > 1  # Of the package, which the archive does not hold.
    assert sizes == {"CoverageGuard": 1.5}
