"""Examples in the documentation are valid where they are said to go."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from assistant.knowledge import read_documents
from assistant.settings import ROOT
from assistant.validation import check_documents
from tests.docs import pages


def _yaml(text: str) -> object:
    return YAML(typ="safe").load(text)


@pytest.mark.parametrize(
    ("page", "topic"),
    [("README.md", "water_plan"), ("README.zh-CN.md", "water_plan"), ("docs/tasks/add-an-answer.md", "lifts")],
)
def test_the_example_entry_can_be_added_as_it_is(page: str, topic: str) -> None:
    text = pages.read(page)
    assert f"`data/knowledge/{topic}.yml`" in text
    entry = next(block for block in pages.blocks(text, "yaml") if block.startswith("  - id:"))
    documents, problems = read_documents(ROOT / "data")
    documents[f"knowledge/{topic}.yml"]["entries"] += _yaml(entry)
    assert problems + check_documents(documents) == []


def test_the_example_test_holds_for_the_example_entry() -> None:
    blocks = [_yaml(block) for block in pages.blocks(pages.read("docs/tasks/add-an-answer.md"), "yaml")]
    entry = next(block[0] for block in blocks if isinstance(block, list) and "answer" in block[0])
    case = next(block[0] for block in blocks if isinstance(block, list) and "expect" in block[0])
    assert all(re.search(pattern, entry["answer"]) for pattern in case["expect"])
    assert case["question"] not in entry["questions"]


def test_every_yaml_example_can_be_read() -> None:
    for page in pages.pages():
        for block in pages.blocks(pages.read(pages.name(page)), "yaml"):
            assert _yaml(block)


def test_the_table_of_placeholders_is_that_of_the_domain() -> None:
    responses = YAML(typ="safe").load(pages.read("domain.yml"))["responses"]
    expected = {name: re.findall(r"\{\w+\}", variants[0]["text"]) for name, variants in responses.items()}
    rows = pages.rows(pages.read("docs/tasks/change-wording.md"))
    told = {pages.names(row[0])[0]: set(pages.names(row[1])) for row in rows}
    assert told == {name: set(found) for name, found in expected.items() if found}
