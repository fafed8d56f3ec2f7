"""docs/knowledge-fields.md is data/knowledge/_fields.yml as a table."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML

from tests.docs import pages

_LEVELS = {"topic": "文件开头", "entry": "条目", "both": "两处皆可"}


def _row(name: str, rule: dict[str, Any]) -> list[str]:
    level = "两处都要" if rule["level"] == "both" and not rule.get("inherited", True) else _LEVELS[rule["level"]]
    bounds = [f"{word} {rule[key]}" for key, word in (("min", "至少"), ("max", "最多")) if key in rule]
    return [f"`{name}`", level, "必填" if rule["required"] else "", "，".join(bounds), rule["meaning"]]


def test_the_table_tells_every_field_as_it_is_and_no_other() -> None:
    fields = YAML(typ="safe").load(pages.read("data/knowledge/_fields.yml"))
    expected = [_row(name, rule) for name, rule in fields.items()]
    assert pages.rows(pages.read("docs/knowledge-fields.md")) == expected
