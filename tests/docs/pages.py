"""Pages: the project's Markdown files, and what can be read out of them."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.settings import ROOT

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def pages() -> list[Path]:
    """Every page of the documentation."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def name(page: Path) -> str:
    """The page's path in the project, for messages and test ids."""
    return page.relative_to(ROOT).as_posix()


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [body for tag, body in _FENCE.findall(text) if tag == language]


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return _FENCE.sub("", text)


def inline_code(text: str) -> list[str]:
    """What stands between backticks."""
    return _INLINE.findall(prose(text))


def links(text: str) -> list[str]:
    """Targets of links and pictures."""
    return _LINK.findall(prose(text))


def headings(text: str, level: int) -> list[str]:
    return [title for marks, title in _HEADING.findall(prose(text)) if len(marks) == level]


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings get when it is shown as a web page."""
    kept = (re.sub(r"[^\w\- ]", "", title.lower()) for _, title in _HEADING.findall(prose(text)))
    return {title.replace(" ", "-") for title in kept}


def section(text: str, title: str) -> str:
    """What stands below the heading `title`, down to the next heading of the same or a higher level."""
    marks, rest = re.split(rf"^(#+) {re.escape(title)}$", text, maxsplit=1, flags=re.MULTILINE)[1:]
    return re.split(rf"^#{{1,{len(marks)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows in `text`, without head lines."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("| ---"):
            found.pop()
        elif line.startswith("|"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def names(cell: str) -> list[str]:
    """The names between backticks in a table cell."""
    return _INLINE.findall(cell)
