"""Wording: the interface's sentences, written once in domain.yml under `responses`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML


class Wording(Mapping[str, str]):
    """Sentences by name: `wording["unknown"]` is the text of `utter_unknown`."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    @classmethod
    def load(cls, domain: Path) -> Wording:
        """Read the responses of a Rasa domain file; each has exactly one text."""
        responses = YAML(typ="safe").load(domain.read_text(encoding="utf-8"))["responses"]
        return cls({name.removeprefix("utter_"): variants[0]["text"].strip() for name, variants in responses.items()})

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
