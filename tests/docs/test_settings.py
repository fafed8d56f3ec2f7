"""docs/settings.md and assistant/settings.py say the same."""

from __future__ import annotations

from dataclasses import fields

from assistant.settings import Settings
from tests.docs import pages

PAGE = pages.read("docs/settings.md")
DEFAULTS = {item.metadata["variable"]: str(item.default) for item in fields(Settings)}


def test_every_setting_has_a_heading_and_every_heading_is_a_setting() -> None:
    assert pages.headings(PAGE, 2) == list(DEFAULTS)


def test_every_default_is_the_real_one() -> None:
    for variable, default in DEFAULTS.items():
        told = pages.section(PAGE, variable).strip().splitlines()[0]
        assert told == (f"Default: `{default}`" if default else "Default: empty"), variable


def test_no_page_speaks_of_a_setting_that_does_not_exist() -> None:
    for page in pages.pages():
        said = [code.partition("=")[0] for code in pages.inline_code(pages.read(pages.name(page)))]
        assert {code for code in said if code.startswith("BINGWEN_")} <= set(DEFAULTS), pages.name(page)
