"""docs/understanding.md explains the pipeline, the steps and the thresholds that there are."""

from __future__ import annotations

import re
from dataclasses import fields

from ruamel.yaml import YAML

from assistant.answering import STEPS
from assistant.thresholds import Thresholds
from tests.docs import pages

PAGE = pages.read("docs/understanding.md")
CONFIG = YAML(typ="safe").load(pages.read("config.yml"))


def test_every_component_and_policy_has_its_heading_in_the_order_of_config_yml() -> None:
    for title, part in (("The pipeline", "pipeline"), ("The policy", "policies")):
        assert pages.headings(pages.section(PAGE, title), 3) == [item["name"] for item in CONFIG[part]]


def test_every_importer_is_named() -> None:
    told = pages.section(PAGE, "The importers")
    assert all(item["name"].rpartition(".")[2] in told for item in CONFIG["importers"])


def test_every_option_of_our_components_is_explained() -> None:
    for item in CONFIG["pipeline"]:
        if item["name"].startswith("components."):
            told = pages.inline_code(pages.section(PAGE, item["name"]))
            assert set(item) - {"name"} <= set(told), item["name"]


def test_the_steps_are_told_in_their_order() -> None:
    told = re.findall(r"^\d+\. `(\w+)`:", pages.section(PAGE, "The steps"), re.MULTILINE)
    assert told == [step.__name__ for step in STEPS]


def test_every_threshold_is_explained_and_no_other() -> None:
    told = [pages.names(row[0])[0] for row in pages.rows(pages.section(PAGE, "The thresholds"))]
    assert told == [item.name for item in fields(Thresholds)]
