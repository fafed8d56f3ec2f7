"""Encoding beside a training: everything that the training will ask for, and nothing twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rasa.shared.nlu.constants import TEXT

from assistant.examples import all_examples
from assistant.normalize import bare
from assistant.settings import ROOT
from assistant.vectors import KEPT, kept_vectors
from components.normalizer import NOTHING
from launcher.environment import child_environment
from launcher.training import Importer
from tests.folders import DataFolder


def test_the_examples_are_those_that_training_learns_from() -> None:
    learnt = {bare(example.get(TEXT)) for example in Importer("data").get_nlu_data().training_examples}
    assert {bare(text) for text in all_examples(ROOT / "data")} - {"", NOTHING} == learnt - {"", NOTHING}


def test_what_it_encoded_is_found_by_whoever_comes_next(small_data: DataFolder, tmp_path: Path) -> None:
    environment = {
        **child_environment(),
        "BINGWEN_VAR": str(tmp_path),
        "BINGWEN_DATA": str(small_data.path),
    }
    command = [sys.executable, "-m", "launcher.encoding", str(small_data.path)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=300)
    written = (tmp_path / KEPT).stat().st_mtime_ns
    texts = [bare(text) for text in all_examples(small_data.path)]
    assert kept_vectors([text for text in texts if text], tmp_path / KEPT).shape[0] > 100
    assert (tmp_path / KEPT).stat().st_mtime_ns == written
