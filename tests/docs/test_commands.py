"""Every command in the documentation can be given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import pages
from web import api, operations
from web import pages as web_pages

#: Commands that are not checked here, by how they begin, and why.
EXEMPT = {
    "sudo ": "needs root",
    "journalctl ": "needs systemd",
    "sqlite3 ": "opens a program to type in; test_operations.py runs what is typed",
    ".venv/bin/pre-commit install": "would change the hooks of this checkout",
    ".venv/bin/python -m pytest ": "is how this very test is run",
}
_MAKE = re.compile(r"\bmake (?:-C \S+ )?([a-z]+)")
_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
_ASSIGNMENTS = re.compile(r"^(?:[A-Z_]+=\S* )+|(?: [A-Z_]+=\S*)+$")
_LOCAL = re.compile(r"curl http://127\.0\.0\.1:8000(/\S*)$")

TARGETS = set(_TARGET.findall(pages.read("Makefile")))
PAGES = pytest.mark.parametrize("page", pages.pages(), ids=pages.name)


def _commands(page: Path) -> list[str]:
    return [line for block in pages.blocks(pages.read(pages.name(page)), "sh") for line in block.splitlines()]


def _exemption(command: str) -> str | None:
    return next((start for start in EXEMPT if command.startswith(start)), None)


@PAGES
def test_every_make_target_exists(page: Path) -> None:
    said = [*_commands(page), *pages.inline_code(pages.read(pages.name(page)))]
    assert {target for text in said for target in _MAKE.findall(text)} <= TARGETS


@PAGES
def test_every_command_is_known_to_work_or_exempt_with_a_reason(page: Path) -> None:
    routes = {route.path for router in (api.router, operations.router, web_pages.router) for route in router.routes}  # type: ignore[attr-defined]
    for command in _commands(page):
        plain = _ASSIGNMENTS.sub("", command)
        if plain.startswith("make "):
            assert _MAKE.fullmatch(plain), command
        elif address := _LOCAL.fullmatch(plain):
            assert address.group(1) in routes, command
        else:
            assert _exemption(plain), f"{command}: make it a make target, or exempt it with a reason"


def test_every_exemption_is_needed() -> None:
    used = {_exemption(command) for page in pages.pages() for command in _commands(page)}
    assert set(EXEMPT) <= used


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_of_the_readme_are_those_that_guard_main(page: str) -> None:
    assert pages.blocks(pages.read(page), "sh")[0].splitlines() == ["make run", "make test"]
    assert {"run", "test"} <= TARGETS
    assert pages.read(".ci/run").splitlines()[-1] == "make test"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_make_target(page: str) -> None:
    said = " ".join([*pages.inline_code(pages.read(page)), *pages.blocks(pages.read(page), "sh")])
    assert set(_MAKE.findall(said)) == TARGETS
