"""Data folders that a test may change: copies of the project's own, small so that they load fast."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.examples import read_intents
from assistant.settings import ROOT, Settings

#: Subjects of a small folder: an emergency, a county's own answer, something expired, something with a beginning.
SUBJECTS = ("column", "fraud", "hotlines", "wildlife", "women_jobfair")
#: What is kept of an entry's questions (the fewest that are valid), and of an intent's examples.
_QUESTIONS, _EXAMPLES = 12, 20


class DataFolder:
    """The data folder at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def small(cls, path: Path) -> DataFolder:
        """Copy the project's data folder to `path`, with few subjects, questions and examples."""
        shutil.copytree(ROOT / "data", path)
        folder = cls(path)
        left_out: set[str] = set()
        for file in (path / "knowledge").glob("[!_]*.yml"):
            if file.stem not in SUBJECTS:
                left_out |= {entry["id"] for entry in folder.read(f"knowledge/{file.name}")["entries"]}
                file.unlink()
                continue
            with folder.edit(f"knowledge/{file.name}") as document:
                for entry in document["entries"]:
                    entry["questions"] = entry["questions"][:_QUESTIONS]
        for file in (path / "nlu").glob("*.yml"):
            intents = {name: few[:_EXAMPLES] for name, few in read_intents(file).items() if name not in left_out}
            items = [{"intent": name, "examples": "".join(f"- {e}\n" for e in few)} for name, few in intents.items()]
            folder.write(f"nlu/{file.name}", {"version": "3.1", "nlu": items})
        return folder

    def copy(self, path: Path) -> DataFolder:
        shutil.copytree(self.path, path)
        return DataFolder(path)

    def settings(self, **values: Any) -> Settings:
        return Settings(data=str(self.path), **values)

    def read(self, name: str) -> Any:
        return YAML(typ="safe").load((self.path / name).read_text(encoding="utf-8"))

    def write(self, name: str, document: Any) -> None:
        with (self.path / name).open("w", encoding="utf-8") as file:
            YAML(typ="safe").dump(document, file)

    @contextmanager
    def edit(self, name: str) -> Iterator[Any]:
        """The document in the file `name`, written back afterwards."""
        document = self.read(name)
        yield document
        self.write(name, document)

    @contextmanager
    def entry(self, topic: str, entry_id: str) -> Iterator[dict[str, Any]]:
        """One entry of a topic file, written back afterwards."""
        with self.edit(f"knowledge/{topic}.yml") as document:
            yield next(entry for entry in document["entries"] if entry["id"] == entry_id)

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace text that is in the file `name`."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new), encoding="utf-8")
