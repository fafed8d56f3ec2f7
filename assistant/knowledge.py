"""Knowledge: topics and entries as they are in data/knowledge, read only after they were validated."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, SafeConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import Node

from assistant.normalize import bare
from assistant.regions import Regions
from assistant.validity import Validity


@dataclass(frozen=True)
class Source:
    """Where an answer comes from: a headline, when it was published (2026-03 or 2026-03-06), a URL."""

    headline: str
    published: str | None = None
    url: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        return {"headline": self.headline, "published": self.published, "url": self.url}


@dataclass(frozen=True)
class Contact:
    """Someone who can help: a name and, if public, a phone number."""

    name: str
    phone: str | None

    def as_dict(self) -> dict[str, str | None]:
        return {"name": self.name, "phone": self.phone}


@dataclass(frozen=True)
class Entry:
    """One curated answer and the questions that it answers. Fields: data/knowledge/_fields.yml."""

    id: str
    code: str
    topic: str
    title: str
    questions: tuple[str, ...]
    answer: str
    script: str
    source: Source
    department: str
    region: str
    validity: Validity
    contacts: tuple[Contact, ...]
    urgent: bool = False
    expired_note: str | None = None
    region_field: str | None = None
    answer_filled: str | None = None
    form: str | None = None
    notes: str | None = None
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """One subject: a file of the knowledge."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    terms: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """The topic's terms and their aliases, normalised."""
        words = ((term, *aliases) for group in self.terms.values() for term, aliases in group.items())
        return frozenset(bare(word) for group in words for word in group)


@dataclass(frozen=True)
class Knowledge:
    """Everything the assistant can say. `digest` names exactly this content."""

    topics: tuple[Topic, ...]
    regions: Regions
    contacts: Mapping[str, Contact]
    digest: str
    _entries: dict[str, Entry] = field(init=False, repr=False, compare=False)
    _titles: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_entries", {e.id: e for topic in self.topics for e in topic.entries})
        object.__setattr__(self, "_titles", {bare(e.title): e for e in self._entries.values()})

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, entry_id: str | None) -> Entry | None:
        """The entry with this id, or None."""
        return self._entries.get(entry_id or "")

    def by_title(self, text: str) -> Entry | None:
        """The entry whose title is `text`, both normalised, or None."""
        return self._titles.get(bare(text))

    def by_code(self, code: str) -> Entry | None:
        """The entry with this short code, in either case, or None."""
        return next((entry for entry in self if entry.code == code.strip().upper()), None)

    def topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def topics_named(self, text: str) -> frozenset[str]:
        """The topics of which a term stands in `text` (normalised)."""
        return frozenset(topic.id for topic in self.topics if any(term in text for term in topic.names))


class KnowledgeError(Exception):
    """The knowledge cannot be used. `problems` holds every reason, as `path: reason`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


#: One parsed knowledge folder: file names (as shown in messages) to content.
Documents = dict[str, Any]


def knowledge_files(folder: Path) -> list[Path]:
    """The files that make up the knowledge, in a stable order."""
    topics = sorted(p for p in (folder / "knowledge").glob("*.yml") if not p.name.startswith("_"))
    return [folder / "knowledge" / "_fields.yml", folder / "regions.yml", folder / "contacts.yml", *topics]


def topic_documents(documents: Documents) -> Iterator[tuple[str, Any]]:
    """Name and content of each topic file."""
    for name, document in documents.items():
        if name.startswith("knowledge/") and not name.endswith("_fields.yml"):
            yield name, document


class _Constructor(SafeConstructor):
    """Tells where a value stands that only looks like a date or a number, such as 2026-02-30."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            problem = f"“{str(node.value)[:20]}”不是存在的日期或数字"
            raise ConstructorError(problem=problem, problem_mark=node.start_mark) from error


def read_documents(folder: Path) -> tuple[Documents, list[str]]:
    """Parse every knowledge file. Returns the parsed files and the files that are not YAML, as problems."""
    documents: Documents = {}
    problems: list[str] = []
    yaml = YAML(typ="safe")
    yaml.Constructor = _Constructor
    for path in knowledge_files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            documents[name] = yaml.load(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            problems.append(f"{name}: 文件不存在")
        except UnicodeDecodeError as error:
            problems.append(f"{name}: 不是 UTF-8 编码（第 {error.start} 字节起），请另存为 UTF-8")
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "位置不明"
            reason = " ".join(str(getattr(error, "problem", None) or error).split())
            problems.append(f"{name}: 不是正确的 YAML，{where}：{reason}")
    return documents, problems


def digest_of(folder: Path) -> str:
    """A short name for the exact bytes of the knowledge files."""
    digest = hashlib.sha256()
    for path in knowledge_files(folder):
        if path.exists():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def build(documents: Documents, digest: str) -> Knowledge:
    """Turn validated documents into knowledge. Call `assistant.validation.check_documents` first."""
    contacts = {key: Contact(item["name"], item["phone"]) for key, item in documents["contacts.yml"].items()}
    regions = Regions.from_dict(documents["regions.yml"])
    topics = [_topic(document, contacts) for _, document in topic_documents(documents)]
    return Knowledge(tuple(topics), regions, contacts, digest)


def _topic(document: Mapping[str, Any], contacts: Mapping[str, Contact]) -> Topic:
    terms = {
        category: {term: tuple(aliases or ()) for term, aliases in (words or {}).items()}
        for category, words in (document.get("terms") or {}).items()
    }
    entries = tuple(_entry(item, document, contacts) for item in document["entries"])
    return Topic(document["topic"], document["title"], entries, terms)


def _entry(item: Mapping[str, Any], topic: Mapping[str, Any], contacts: Mapping[str, Contact]) -> Entry:
    def inherited(key: str) -> Any:
        return item[key] if key in item else topic.get(key)

    source = {**(topic.get("source") or {}), **(item.get("source") or {})}  # An entry may correct one part of it.
    validity = inherited("valid") or {}
    return Entry(
        id=item["id"],
        code=item["code"],
        topic=topic["topic"],
        title=item["title"],
        questions=tuple(item["questions"]),
        answer=item["answer"].strip(),
        script=item["script"].strip(),
        source=Source(source["headline"], _text(source.get("published")), source.get("url")),
        department=inherited("department"),
        region=inherited("region"),
        validity=Validity(validity.get("from"), validity.get("until")),
        contacts=tuple(contacts[key] for key in inherited("contacts")),
        urgent=bool(item.get("urgent", False)),
        expired_note=item.get("expired_note"),
        region_field=item.get("region_field"),
        answer_filled=item.get("answer_filled"),
        form=item.get("form"),
        notes=item.get("notes"),
        related=tuple(item.get("related") or ()),
    )


def _text(value: str | dt.date | None) -> str | None:
    return None if value is None else str(value)
