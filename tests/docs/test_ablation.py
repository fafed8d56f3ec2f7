"""docs/ablation.md has a row for every component that there is."""

from __future__ import annotations

from ruamel.yaml import YAML

from tests.docs import pages


def test_every_component_of_config_yml_has_its_row_in_their_order() -> None:
    config = YAML(typ="safe").load(pages.read("config.yml"))
    names = [item["name"].rpartition(".")[2] for item in config["pipeline"]]
    assert [row[0] for row in pages.rows(pages.read("docs/ablation.md"))][: len(names)] == names
