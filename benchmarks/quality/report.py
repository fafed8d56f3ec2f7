"""Report: the parts as a table, as JSON and as one self-contained page."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from assistant.settings import ROOT
from benchmarks.quality.figures import Figure, Part
from benchmarks.quality.floors import Floor

FOLDER = ROOT / "reports"


@dataclass(frozen=True)
class Report:
    """What was measured, of which model and knowledge, in which state of the project."""

    parts: Sequence[Part]
    floors: Mapping[str, Floor]
    model: str
    knowledge: str
    commit: str

    @property
    def figures(self) -> list[Figure]:
        return [figure for part in self.parts for figure in part.figures]

    def standing(self, figure: Figure) -> str:
        """Where a figure stands: its bar reached or missed, or below its floor; empty if it has neither."""
        floor = self.floors.get(figure.name)
        if floor is None:
            return ""
        if not floor.holds(figure.value):
            return "below its floor"
        return "reached" if floor.reached(figure.value) else "missed"

    def lines(self) -> list[str]:
        """The table, line by line."""
        lines = [f"{'figure':<38}{'value':>9}  {'95 % interval':<19}{'n':>6}  {'bar':>7}"]
        for figure in self.figures:
            floor = self.floors.get(figure.name)
            bar = f"{floor.bar:g}" if floor else ""
            interval = f"{figure.low:.4f} … {figure.high:.4f}"
            measured = f"{figure.name:<38}{figure.value:>9.4f}  {interval:<19}{figure.count:>6}"
            lines.append(f"{measured}  {bar:>7}  {self.standing(figure)}".rstrip())
        return [*lines, *(remark for part in self.parts for remark in part.remarks)]

    def as_dict(self) -> dict[str, Any]:
        """Everything but the plots."""
        return {
            "model": self.model,
            "knowledge": self.knowledge,
            "commit": self.commit,
            "figures": {
                figure.name: {**figure.as_dict(), "standing": self.standing(figure)} for figure in self.figures
            },
            "failures": {part.title: list(part.failures) for part in self.parts},
        }

    def page(self) -> str:
        """The report as HTML with its plots inside."""
        folder = FileSystemLoader(Path(__file__).parent)
        environment = Environment(loader=folder, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)
        made = dt.datetime.now(dt.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
        return environment.get_template("report.html").render(report=self, made=made)

    def write(self) -> Path:
        """Write JSON and page into FOLDER; returns the page."""
        FOLDER.mkdir(exist_ok=True)
        text = json.dumps(self.as_dict(), ensure_ascii=False, indent=1)
        (FOLDER / "quality.json").write_text(text + "\n", encoding="utf-8")
        page = FOLDER / "quality.html"
        page.write_text(self.page(), encoding="utf-8")
        return page


def current_commit() -> str:
    """The project's commit, with a plus sign if files were changed since; `unknown` outside a repository."""
    try:
        commit = _git("rev-parse", "--short", "HEAD")
        return commit + ("+" if _git("status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
