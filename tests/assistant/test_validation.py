"""Validation: one mistake in a file is refused with one message that names file, entry, field and value."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from assistant.knowledge import read_documents
from assistant.settings import ROOT
from assistant.validation import check_documents, load_knowledge
from tests.assistant.refusals import GONE, change, problems_in, the_problem_in
from tests.folders import SUBJECTS, DataFolder

FILE = "knowledge/wildlife.yml"


def test_the_projects_own_knowledge_is_valid() -> None:
    documents, problems = read_documents(ROOT / "data")
    assert problems + check_documents(documents) == []


def test_a_small_folder_is_valid(folder: DataFolder) -> None:
    knowledge = load_knowledge(folder.path)
    assert {topic.id for topic in knowledge.topics} == set(SUBJECTS)
    assert len(knowledge.digest) == 16


# Files.


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (FILE, b"topic: [wildlife\nentries: ]", "YAML"),
        (FILE, b"topic: wildlife\n\ttitle: x", "第 2 行"),
        (FILE, b"topic: wildlife\ntopic: wildlife", "YAML"),
        (FILE, b"topic: wildlife\n---\ntopic: wildlife", "YAML"),
        (FILE, "topic: wildlife\ntitle: 野生动物".encode("gb18030"), "不是 UTF-8"),
        (FILE, b"topic: \x07", "YAML"),
        (FILE, b"valid: {until: 2026-02-30}", "YAML"),
        ("contacts.yml", b"hotline_12345: {name: a", "YAML"),
        ("regions.yml", b"\xff\xfe\x00", "不是 UTF-8"),
    ],
    ids=["bracket", "tab", "key twice", "two documents", "not UTF-8", "control", "no such day", "contacts", "regions"],
)
def test_a_file_that_cannot_be_read_is_named(folder: DataFolder, name: str, content: bytes, reason: str) -> None:
    (folder.path / name).write_bytes(content)
    problem = the_problem_in(folder)
    assert problem.startswith(f"{name}: ")
    assert reason in problem


@pytest.mark.parametrize("name", ["contacts.yml", "regions.yml", "knowledge/_fields.yml"])
def test_a_file_that_is_missing_is_named(folder: DataFolder, name: str) -> None:
    (folder.path / name).unlink()
    assert the_problem_in(folder) == f"{name}: 文件不存在"


def test_a_folder_without_any_subject_is_refused(folder: DataFolder) -> None:
    for file in (folder.path / "knowledge").glob("[!_]*.yml"):
        file.unlink()
    assert "没有任何主题文件" in the_problem_in(folder)


def test_a_file_saved_with_a_byte_order_mark_can_be_read(folder: DataFolder) -> None:
    file = folder.path / FILE
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_knowledge(folder.path).topic("wildlife")


@pytest.mark.parametrize(("content", "kind"), [("", "空"), ("- a\n- b\n", "列表"), ("just words\n", "文字")])
def test_a_subject_that_is_no_mapping_is_named(folder: DataFolder, content: str, kind: str) -> None:
    (folder.path / FILE).write_text(content)
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}: ")
    assert kind in problem


@pytest.mark.parametrize("entries", [[], None, {}, "一条"])
def test_entries_that_are_no_list_or_empty_are_named(folder: DataFolder, entries: Any) -> None:
    with folder.edit(FILE) as document:
        document["entries"] = entries
    assert the_problem_in(folder).startswith(f"{FILE}#entries: ")


@pytest.mark.parametrize("entry", ["一句话", None, ["a"], 7])
def test_an_entry_that_is_no_mapping_is_named(folder: DataFolder, entry: Any) -> None:
    with folder.edit(FILE) as document:
        document["entries"].insert(2, entry)
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#entries[2]: ")
    assert repr(entry) in problem


# Single fields of an entry.


@pytest.mark.parametrize("field", ["code", "title", "questions", "answer", "script"])
def test_a_required_field_that_is_missing_is_named(folder: DataFolder, field: str) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        change(entry, field, GONE)
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#wildlife_species.{field}: ")
    assert "必填" in problem


def test_an_entry_without_an_id_is_named_by_its_place(folder: DataFolder) -> None:
    with folder.edit(FILE) as document:
        del document["entries"][-1]["id"]
        place = f"entries[{len(document['entries']) - 1}]"
    problems = problems_in(folder)
    assert any(problem.startswith(f"{FILE}#{place}.id: ") and "必填" in problem for problem in problems)


@pytest.mark.parametrize("field", ["topic", "title", "source.headline", "department", "region", "contacts"])
def test_a_required_field_missing_in_the_head_is_named_there(folder: DataFolder, field: str) -> None:
    with folder.edit(FILE) as document:
        change(document, field, GONE)
    problems = problems_in(folder)
    assert any(problem.startswith(f"{FILE}#{field}: ") and "必填" in problem for problem in problems)


@pytest.mark.parametrize("field", ["code", "title", "questions", "answer", "script"])
def test_an_empty_required_field_is_named(folder: DataFolder, field: str) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry[field] = None
    assert the_problem_in(folder).startswith(f"{FILE}#wildlife_species.{field}: ")


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        # Unknown names and wrong types.
        ("anwser", "错字", "没有这个字段"),
        ("answer", 5, "5"),
        ("answer", ["一", "二"], "['一', '二']"),
        ("answer", "  ", "'  '"),
        ("title", 2026, "2026"),
        ("title", ["一", "二"], "['一', '二']"),
        ("title", "长" * 41, "41"),
        ("questions", "一句话", "文字"),
        ("questions", 5, "数字"),
        ("related", "wildlife_species", "文字"),
        ("related", 5, "数字"),
        ("urgent", "yes", "'yes'"),
        ("urgent", 1, "1"),
        ("notes", 5, "5"),
        ("department", ["a"], "['a']"),
        ("source", "一篇报道", "一篇报道"),
        ("valid", "2026年", "2026年"),
        ("valid", dt.date(2026, 3, 6), "2026-03-06"),
        # Names and codes.
        ("id", "Wildlife Rescue", "'Wildlife Rescue'"),
        ("id", "野生动物", "'野生动物'"),
        ("id", ["a"], "['a']"),
        ("code", "k1", "'k1'"),
        ("code", "K001", "'K001'"),
        ("code", 12, "12"),
        ("code", ["K01"], "['K01']"),
        ("form", "Eligibility Form", "'Eligibility Form'"),
        # Dates and addresses.
        ("valid.from", "2026年3月6日", "'2026年3月6日'"),
        ("valid.until", 2026, "2026"),
        ("valid.until", dt.datetime(2026, 3, 6, 10, 0), "datetime.datetime(2026, 3, 6, 10, 0)"),
        ("source.published", "2026-13", "'2026-13'"),
        ("source.published", "2026年3月", "'2026年3月'"),
        ("source.published", 2026, "2026"),
        ("source.url", "www.taiyuan.gov.cn", "'www.taiyuan.gov.cn'"),
        ("source.url", "https://a b", "'https://a b'"),
        ("source.url", 7, "7"),
        # Lengths.
        ("answer", "长" * 401, "401"),
        ("script", "长" * 91, "91"),
        ("expired_note", "长" * 81, "81"),
        ("notes", "长" * 1001, "1001"),
        ("related", ["wildlife_law"] * 5, "5"),
        # References.
        ("region", "朝阳区", "朝阳区"),
        ("region", ["阳曲县"], "阳曲县"),
        ("contacts", ["hotline_54321"], "'hotline_54321'"),
        ("contacts", [{"name": "热线"}], "热线"),
        ("contacts", [], "至少一个"),
        ("contacts", "hotline_12345", "文字"),
        ("related", ["nobody"], "'nobody'"),
        ("related", ["wildlife_species"], "自己"),
        ("related", [{"a": 1}], "{'a': 1}"),
        ("region_field", "fire_phone", "'fire_phone'"),
        # Phone numbers that nobody has published.
        ("answer", "请拨打0351-7654321。", "0351-7654321"),
        ("answer", "请打13812345678。", "13812345678"),
        ("script", "请拨打12346。", "12346"),
        ("script", "热线是96111。", "96111"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_wrong_field_is_named_with_its_value(folder: DataFolder, field: str, value: Any, shown: str) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        change(entry, field, value)
    problems = problems_in(folder)
    name = value if field == "id" and isinstance(value, str) else "wildlife_species"
    expected = [
        problem
        for problem in problems
        if problem.startswith(FILE)
        and f".{field}" in problem
        and shown in problem
        and (name in problem or field == "id")
    ]
    assert expected, problems


@pytest.mark.parametrize(
    "answer",
    ["报名截止2026年12月31日。", "打12345或者110。", "近一年来接听300余起。", "排名3.1415926。"],
)
def test_numbers_that_are_no_phone_number_may_stand_in_an_answer(folder: DataFolder, answer: str) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["answer"] = answer
    assert load_knowledge(folder.path).get("wildlife_species")


@pytest.mark.parametrize("phone", ["0351-7654321", "7654321", "12346"])
def test_a_number_that_stands_in_the_contacts_may_stand_in_an_answer(folder: DataFolder, phone: str) -> None:
    with folder.edit("contacts.yml") as document:
        document["office"] = {"name": "林业局", "phone": phone}
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["answer"] = f"请拨打{phone}，或打{phone}。"
    assert load_knowledge(folder.path).get("wildlife_species")


def test_a_period_that_ends_before_it_begins_is_named(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["valid"] = {"from": dt.date(2026, 3, 7), "until": dt.date(2026, 3, 6)}
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#wildlife_species.valid: ")
    assert "2026-03-07" in problem
    assert "2026-03-06" in problem


def test_a_period_of_its_own_has_nothing_to_do_with_the_subjects(folder: DataFolder) -> None:
    with folder.edit("knowledge/women_jobfair.yml") as document:
        document["valid"] = {"from": dt.date(2026, 3, 20)}
    jobfair = load_knowledge(folder.path).get("jobfair_when")
    assert jobfair is not None
    assert jobfair.validity.start is None


def test_an_entry_may_correct_one_part_of_its_source(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["source"] = {"published": "2026-04"}
    species, law = map(load_knowledge(folder.path).get, ("wildlife_species", "wildlife_law"))
    assert species is not None
    assert law is not None
    assert species.source == replace(law.source, published="2026-04")


# Heads of subjects.


def test_a_subject_is_called_like_its_file(folder: DataFolder) -> None:
    with folder.edit(FILE) as document:
        document["topic"] = "animals"
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#topic: ")
    assert "'animals'" in problem


@pytest.mark.parametrize(
    ("field", "value", "where", "shown"),
    [
        ("titel", "错字", "titel", "没有这个字段"),
        ("answer", "不属于主题", "answer", "没有这个字段"),
        ("terms", ["鸟"], "terms", "列表"),
        ("terms", {"animal": {"鸟": []}}, "terms.animal", "species"),
        ("terms", {"species": ["鸟"]}, "terms.species", "列表"),
        ("region", "朝阳区", "region", "朝阳区"),
        ("title", "长" * 41, "title", "41"),
        ("source.url", "ftp://x", "source.url", "'ftp://x'"),
        ("valid.until", "三月", "valid.until", "'三月'"),
    ],
)
def test_a_wrong_head_is_named(folder: DataFolder, field: str, value: Any, where: str, shown: str) -> None:
    with folder.edit(FILE) as document:
        change(document, field, value)
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#{where}: ")
    assert shown in problem
