"""docs/adr/0013-dependencies.md names every package asked for, with the licence that it tells itself."""

from __future__ import annotations

import re
from importlib.metadata import metadata

import pytest

from tests.docs import pages

TABLE = {row[0]: row[1] for row in pages.rows(pages.read("docs/adr/0013-dependencies.md"))}


def _asked_for(file: str) -> set[str]:
    lines = (line.strip() for line in pages.read(file).splitlines())
    return {re.split(r"[=<>\[ ]", line)[0] for line in lines if line and not line.startswith(("#", "-"))}


def _licence(package: str) -> str:
    """The licence expression, or else the licence classifiers, or else the free text of the metadata."""
    data = metadata(package)
    classifiers = [c.split(" :: ")[-1] for c in data.get_all("Classifier") or () if c.startswith("License ::")]
    return str(data["License-Expression"] or " / ".join(classifiers) or data["License"])


def test_every_package_that_is_asked_for_has_its_reason_and_no_other() -> None:
    assert set(TABLE) == _asked_for("requirements.in") | _asked_for("requirements-dev.in")


@pytest.mark.parametrize("package", sorted(TABLE))
def test_a_licence_is_told_as_the_package_tells_it(package: str) -> None:
    assert TABLE[package] == _licence(package)
