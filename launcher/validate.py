"""Validate: knowledge, rules, stories and wording, every problem at once as `path: reason`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.examples import read_intents
from assistant.knowledge import Documents, read_documents, topic_documents
from assistant.normalize import bare
from assistant.settings import ROOT, Settings
from assistant.shapes import texts_in
from assistant.thresholds import Thresholds
from assistant.triage import Triage
from assistant.validation import check_documents


def main(settings: Settings) -> int:
    """Print every problem to stderr, or how much was checked to stdout; the exit code says which."""
    problems = list(check(settings))
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"==> {len(problems)} problems", file=sys.stderr)
        return 1
    documents, _ = read_documents(settings.data_folder)
    topics = [document for _, document in topic_documents(documents)]
    entries = [entry for topic in topics for entry in topic["entries"]]
    questions = sum(len(entry["questions"]) for entry in entries)
    print(f"==> Knowledge is valid: {len(topics)} topics, {len(entries)} entries, {questions} questions", flush=True)
    return 0


def check(settings: Settings) -> Iterator[str]:
    """Every problem in what a model is trained from and what the assistant says."""
    folder = settings.data_folder
    documents, problems = read_documents(folder)
    yield from problems or check_documents(documents)
    if problems:
        return
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    yield from _domain_problems(domain, documents)
    intents = {*_listed(domain["intents"]), *_entry_ids(documents), "nlu_fallback"}
    for path in (folder / "rules.yml", *sorted((ROOT / "tests" / "conversations").glob("*.yml"))):
        yield from _rule_problems(path, folder, intents, set(_listed(domain["actions"])) | set(domain["forms"]))
    urgent = {entry["id"] for _, entry in _shaped_entries(documents) if entry.get("urgent") is True}
    yield from _nlu_problems(folder, documents, set(_listed(domain["intents"])) | urgent)
    try:
        Thresholds.load(folder / "thresholds.yml")
    except ValueError as error:
        yield str(error)
    yield from _signal_problems(folder / "urgent.yml", _entry_ids(documents))


def _entry_ids(documents: Documents) -> set[str]:
    """Ids of entries that are shaped like entries; what is not was reported already."""
    return {entry["id"] for _, entry in _shaped_entries(documents) if isinstance(entry.get("id"), str)}


def _shaped_entries(documents: Documents) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, document in topic_documents(documents):
        entries = document.get("entries") if isinstance(document, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield name, entry


def _listed(items: list[Any]) -> list[str]:
    """The names in a list of the domain, with or without settings of their own."""
    return [name for item in items for name in (item if isinstance(item, dict) else [item])]


def _domain_problems(domain: dict[str, Any], documents: Documents) -> Iterator[str]:
    for name, variants in domain["responses"].items():
        if not isinstance(variants, list) or len(variants) != 1 or not str(variants[0].get("text") or "").strip():
            yield f"domain.yml#responses.{name}: 应有且只有一个 text"
    for intent in sorted(set(_listed(domain["intents"])) & _entry_ids(documents)):
        yield f"domain.yml#intents: {intent!r} 已经是条目的编号，不能再写在这里"
    for name, entry in _shaped_entries(documents):
        form = entry.get("form")
        if isinstance(form, str) and form not in domain["forms"]:
            yield f"{name}#{entry.get('id')}.form: domain.yml 里没有表单 {form!r}，有的是 {'、'.join(domain['forms'])}"


def _rule_problems(path: Path, folder: Path, intents: set[str], actions: set[str]) -> Iterator[str]:
    name = path.relative_to(folder if folder in path.parents else ROOT).as_posix()
    document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for kind in ("rule", "story"):
        for item in document.get({"rule": "rules", "story": "stories"}[kind]) or ():
            for step in item["steps"]:
                intent, action = step.get("intent"), step.get("action")
                if intent and intent not in intents:
                    yield f"{name}#{item[kind]}: 没有 {intent!r} 这个意图或条目"
                if (
                    action
                    and action not in actions
                    and not action.startswith(("utter_", "action_deactivate", "action_listen"))
                ):
                    yield f"{name}#{item[kind]}: domain.yml 里没有动作 {action!r}"


def _nlu_problems(folder: Path, documents: Documents, intents: set[str]) -> Iterator[str]:
    """Examples outside the knowledge: of known intents or urgent entries, and none that is an entry's question."""
    owners = {
        bare(question): f"{name}#{entry.get('id')}"
        for name, entry in _shaped_entries(documents)
        for _, question in texts_in(entry.get("questions"))
    }
    for path in sorted((folder / "nlu").glob("*.yml")):
        for intent, examples in read_intents(path).items():
            where = f"nlu/{path.name}#{intent}"
            if intent not in intents:
                yield f"{where}: 不是 domain.yml 里的意图，也不是紧急条目的编号"
            for example in examples:
                if bare(example) in owners:
                    yield f"{where}: “{example}”也是 {owners[bare(example)]} 的问法"


def _signal_problems(file: Path, entries: set[str]) -> Iterator[str]:
    """Signals of entries that do not exist, and patterns that cannot be read, each signal read by itself."""
    document = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    readings = [("calm", {**document, "signals": []})]
    readings += [(signal["entry"], {**document, "calm": [], "signals": [signal]}) for signal in document["signals"]]
    for place, reading in readings:
        try:
            Triage.from_dict(reading)
        except re.error as error:
            yield f"{file.name}#{place}: {error.pattern!r} 不是正确的正则表达式：{error}"
        except KeyError as error:
            yield f"{file.name}#{place}: words 里没有 {error}"
    for entry in dict.fromkeys(signal["entry"] for signal in document["signals"]):
        if entry not in entries:
            yield f"{file.name}#{entry}: 没有这个条目"
