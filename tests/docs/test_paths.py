"""Every file, page and picture that the documentation names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.settings import ROOT
from tests.docs import pages

#: Folders that are made when something runs.
MADE = ("var/", "models/", ".venv/", ".venv")
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_SUFFIXES = {".md", ".yml", ".py", ".in", ".txt", ".toml", ".conf", ".service", ".js", ".css", ".png"}

PAGES = pytest.mark.parametrize("page", pages.pages(), ids=pages.name)


def _paths(text: str) -> list[str]:
    plain = [code for code in pages.inline_code(text) if _PATH.fullmatch(code) and not code.startswith(MADE)]
    return [code for code in plain if "/" in code or Path(code).suffix in _SUFFIXES]


@PAGES
def test_every_path_in_backticks_exists(page: Path) -> None:
    assert [path for path in _paths(pages.read(pages.name(page))) if not (ROOT / path).exists()] == []


@PAGES
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in pages.links(pages.read(pages.name(page))):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in pages.anchors(target.read_text(encoding="utf-8")), link


def test_the_index_links_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link).resolve() for link in pages.links(index.read_text(encoding="utf-8"))}
    assert {page for page in pages.pages() if page.is_relative_to(index.parent)} - {index} <= linked


def test_decisions_are_numbered_without_gaps_and_say_what_was_refused() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, page in enumerate(decisions, 1):
        text = page.read_text(encoding="utf-8")
        assert page.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number:04} ")
        parts = [text.find(f"**{part}.**") for part in ("Context", "Decision", "Consequences", "Refused")]
        assert -1 not in parts, page.name
        assert parts == sorted(parts), page.name


def test_both_readmes_show_the_same_commands_examples_and_names() -> None:
    english, chinese = pages.read("README.md"), pages.read("README.zh-CN.md")
    for language in ("sh", "yaml"):
        assert pages.blocks(english, language) == pages.blocks(chinese, language)
    assert set(pages.inline_code(english)) == set(pages.inline_code(chinese))
