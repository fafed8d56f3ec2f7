"""Knowledge: topics and entries as the files give them."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.knowledge import (
    Contact,
    Knowledge,
    KnowledgeError,
    Source,
    build,
    digest_of,
    knowledge_files,
    read_documents,
)
from assistant.service import Assistant
from assistant.validity import Validity
from tests.folders import DataFolder


@pytest.fixture
def knowledge() -> Knowledge:
    """Two entries: one that gives everything itself, one that inherits all it can."""
    head = {
        "topic": "lifts",
        "title": "电梯",
        "source": {"headline": "电梯检查", "published": dt.date(2026, 3, 6)},
        "department": "市场监管局",
        "region": "太原市",
        "valid": {"from": dt.date(2026, 3, 1)},
        "contacts": ["hotline"],
        "terms": {"concept": {"电梯": ["升降机"], "维保": None}, "place": None},
    }
    own = {
        "id": "lift_visit",
        "code": "P01",
        "title": "查了哪里",
        "questions": ["查了哪里", "去了哪"],
        "answer": "查了酒店。\n",
        "script": " 查了酒店。",
        "source": {"headline": "另一篇", "url": "https://example.org/1"},
        "department": "住建局",
        "region": "阳曲县",
        "valid": {"until": dt.date(2026, 3, 8)},
        "contacts": ["police", "hotline"],
        "urgent": True,
        "notes": "先问在哪",
        "related": ["lift_laws"],
    }
    plain = {
        "id": "lift_laws",
        "code": "P02",
        "title": "依据什么",
        "questions": ["依据什么法"],
        "answer": "特种设备安全法。",
        "script": "特种设备安全法。",
    }
    contacts = {"hotline": {"name": "热线", "phone": "12345"}, "police": {"name": "报警", "phone": "110"}}
    regions = {"city": {"name": "太原市"}, "regions": [{"name": "阳曲县"}]}
    documents = {
        "knowledge/_fields.yml": {},
        "contacts.yml": contacts,
        "regions.yml": regions,
        "knowledge/lifts.yml": {**head, "entries": [own, plain]},
    }
    return build(documents, "digest")


def test_an_entry_inherits_what_it_does_not_give_itself(knowledge: Knowledge) -> None:
    entry = knowledge.get("lift_laws")
    assert entry is not None
    assert entry.topic == "lifts"
    assert entry.source == Source("电梯检查", "2026-03-06", None)
    assert entry.department == "市场监管局"
    assert entry.region == "太原市"
    assert entry.validity == Validity(start=dt.date(2026, 3, 1))
    assert entry.contacts == (Contact("热线", "12345"),)
    assert not entry.urgent
    assert entry.related == ()


def test_what_an_entry_gives_itself_replaces_the_topics(knowledge: Knowledge) -> None:
    entry = knowledge.get("lift_visit")
    assert entry is not None
    assert entry.source == Source("另一篇", "2026-03-06", "https://example.org/1")  # Part by part.
    assert entry.department == "住建局"
    assert entry.region == "阳曲县"
    assert entry.validity == Validity(until=dt.date(2026, 3, 8))
    assert entry.contacts == (Contact("报警", "110"), Contact("热线", "12345"))
    assert entry.urgent
    assert (entry.answer, entry.script) == ("查了酒店。", "查了酒店。")


def test_entries_are_found_by_id_code_and_topic(knowledge: Knowledge) -> None:
    first, second = knowledge
    assert len(knowledge) == 2
    assert knowledge.get(first.id) is first
    assert knowledge.by_code(" p02 ") is second
    topic = knowledge.topic("lifts")
    assert topic is not None
    assert topic.entries == (first, second)
    assert topic.terms == {"concept": {"电梯": ("升降机",), "维保": ()}, "place": {}}


@pytest.mark.parametrize("nothing", [None, "", "P01"])
def test_an_unknown_id_finds_nothing(knowledge: Knowledge, nothing: str | None) -> None:
    assert knowledge.get(nothing) is None


def test_an_unknown_code_or_topic_finds_nothing(knowledge: Knowledge) -> None:
    assert knowledge.by_code("Z99") is None
    assert knowledge.topic("trees") is None


def test_the_digest_names_exactly_the_content(folder: DataFolder) -> None:
    before = digest_of(folder.path)
    assert digest_of(folder.path) == before
    assert len(before) == 16
    folder.replace("knowledge/fraud.yml", "反诈防骗", "反诈骗")
    changed = digest_of(folder.path)
    assert changed != before
    folder.replace("knowledge/fraud.yml", "反诈骗", "反诈防骗")
    assert digest_of(folder.path) == before
    (folder.path / "knowledge" / "fraud.yml").unlink()
    assert digest_of(folder.path) not in (before, changed)


def test_the_digest_does_not_depend_on_other_files(folder: DataFolder) -> None:
    before = digest_of(folder.path)
    (folder.path / "thresholds.yml").write_text("answer: 0.9")
    (folder.path / "knowledge" / "_draft.yml").write_text("topic: draft")
    assert digest_of(folder.path) == before


def test_the_files_come_in_a_stable_order_without_drafts(folder: DataFolder) -> None:
    (folder.path / "knowledge" / "_draft.yml").write_text("topic: draft")
    names = [file.name for file in knowledge_files(folder.path)]
    subjects = ["column.yml", "fraud.yml", "hotlines.yml", "wildlife.yml", "women_jobfair.yml"]
    assert names == ["_fields.yml", "regions.yml", "contacts.yml", *subjects]


def test_a_folder_with_good_files_has_no_problems(folder: DataFolder) -> None:
    documents, problems = read_documents(folder.path)
    assert problems == []
    assert documents["knowledge/fraud.yml"]["topic"] == "fraud"


def test_the_error_tells_every_problem() -> None:
    error = KnowledgeError(["a.yml: 坏", "b.yml: 也坏"])
    assert error.problems == ["a.yml: 坏", "b.yml: 也坏"]
    assert str(error) == "a.yml: 坏\nb.yml: 也坏"


# The project's own knowledge.


def test_related_entries_exist_and_every_entry_can_be_read_aloud(assistant: Assistant) -> None:
    for entry in assistant.knowledge:
        assert all(assistant.knowledge.get(related) for related in entry.related)
        assert "\n" not in entry.script
        assert entry.contacts


def test_urgent_entries_begin_with_what_to_do_now(assistant: Assistant) -> None:
    urgent = [entry for entry in assistant.knowledge if entry.urgent]
    assert urgent
    assert [entry.id for entry in urgent if not entry.answer.splitlines()[1].startswith("1. ")] == []
