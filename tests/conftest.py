"""What many tests share: the real assistant, loaded once, and data folders that may be changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from launcher import model
from tests.folders import DataFolder
from tests.stack.processes import Stack

#: The day on which the tests take place.
TODAY = "2026-04-01"

# A slow or busy machine is no failure, and the same examples are tried in every run.
hypothesis.settings.register_profile("bingwen", deadline=None, derandomize=True)
hypothesis.settings.load_profile("bingwen")


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The assistant over the project's own data, on TODAY."""
    return Assistant.load(Settings(today=TODAY))


@pytest.fixture(scope="session")
def archive() -> Path:
    """The current model, trained if need be."""
    return model.train(Settings())


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small data folder, to be copied and not changed."""
    return DataFolder.small(tmp_path_factory.mktemp("small") / "data")


@pytest.fixture
def folder(small_data: DataFolder, tmp_path: Path) -> DataFolder:
    """A small data folder that the test may change."""
    return small_data.copy(tmp_path / "data")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running assistant, all three processes, on TODAY. Tests that kill parts wait until they are back."""
    running = Stack(tmp_path_factory.mktemp("stack"), BINGWEN_TODAY=TODAY)
    running.start()
    yield running
    assert running.stop() == 0
