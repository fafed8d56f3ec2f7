"""Validation: one mistake in the files is refused with one message that names file, entry, field and value."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant.knowledge import KnowledgeError, read_documents
from assistant.settings import ROOT
from assistant.validation import check_documents, load_knowledge
from tests.folders import SUBJECTS, DataFolder

#: Stands for a field that is taken away.
GONE = object()

FILE = "knowledge/wildlife.yml"
RESCUE = f"{FILE}#wildlife_rescue"
QUESTIONS = [f"第{number}种问法" for number in "一二三四五六七八九十百千"]


def problems_in(folder: DataFolder) -> list[str]:
    """Why the folder is refused."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder.path)
    return caught.value.problems


def the_problem_in(folder: DataFolder) -> str:
    """The only reason why the folder is refused."""
    problems = problems_in(folder)
    assert len(problems) == 1, problems
    return problems[0]


def change(item: dict[str, Any], key: str, value: Any) -> None:
    """Set or take away a field, `valid.from` standing for one inside another."""
    *parents, last = key.split(".")
    for parent in parents:
        item = item.setdefault(parent, {})
    if value is GONE:
        del item[last]
    else:
        item[last] = value


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


def test_a_source_of_its_own_needs_its_own_headline(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["source"] = {"published": "2026-04"}
    assert the_problem_in(folder).startswith(f"{FILE}#wildlife_species.source.headline: ")


# A county's own answer.


def test_a_region_field_needs_its_answer_and_the_other_way_round(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_rescue") as entry:
        del entry["answer_filled"]
    assert the_problem_in(folder).startswith(f"{RESCUE}.region_field: ")
    with folder.entry("wildlife", "wildlife_rescue") as entry:
        entry["answer_filled"] = entry["answer"]
        del entry["region_field"]
    assert the_problem_in(folder).startswith(f"{RESCUE}.region_field: ")


@pytest.mark.parametrize("field", ["answer", "answer_filled"])
@pytest.mark.parametrize("gap", ["{phone}", "{", "{0}"])
def test_a_gap_that_nothing_fills_is_named(folder: DataFolder, field: str, gap: str) -> None:
    with folder.entry("wildlife", "wildlife_rescue") as entry:
        entry[field] = f"请联系{gap}。"
    problem = the_problem_in(folder)
    assert problem.startswith(f"{RESCUE}.{field}: ")
    assert gap in problem


# Questions.


def test_too_few_questions_are_counted(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = QUESTIONS[:11]
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#wildlife_species.questions: ")
    assert "12" in problem
    assert "11" in problem


@pytest.mark.parametrize("question", ["", "   ", None, 12345, {"时间": "几点"}])
def test_a_question_that_is_no_text_is_named(folder: DataFolder, question: Any) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = [*QUESTIONS, question]
    problems = problems_in(folder)
    here = f"{FILE}#wildlife_species.questions[12]: "
    assert any(problem.startswith(here) and repr(question) in problem for problem in problems)


def test_a_question_of_nothing_but_signs_is_named(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = [*QUESTIONS, "？！😀"]
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#wildlife_species.questions[12]: ")
    assert "？！😀" in problem


@pytest.mark.parametrize("again", ["第一种问法", "第一种问法？", "  第 一 种 问 法", "第一種問法！"])
def test_a_question_twice_in_one_entry_is_named(folder: DataFolder, again: str) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = [*QUESTIONS, again]
    problem = the_problem_in(folder)
    assert problem.startswith(f"{FILE}#wildlife_species.questions[12]: ")
    assert again in problem
    assert "wildlife_species.questions[0]" in problem


def test_a_question_in_two_entries_is_named_with_both(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = QUESTIONS
    with folder.entry("women_jobfair", "jobfair_when") as entry:
        entry["questions"] = [*entry["questions"], "第三种问法。"]
        last = len(entry["questions"]) - 1
    problem = the_problem_in(folder)
    assert problem.startswith(f"knowledge/women_jobfair.yml#jobfair_when.questions[{last}]: ")
    assert "第三种问法" in problem
    assert f"{FILE}#wildlife_species.questions[2]" in problem


@pytest.mark.parametrize("alike", ["请问第三种问法", "第三种的问法呢", "那个，第三种问法到底是啥".removesuffix("是啥")])
def test_nearly_the_same_question_in_two_entries_is_named_with_both(folder: DataFolder, alike: str) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = QUESTIONS
    with folder.entry("women_jobfair", "jobfair_when") as entry:
        entry["questions"] = [*entry["questions"], alike]
    problem = the_problem_in(folder)
    assert "jobfair_when.questions" in problem
    assert alike in problem
    assert f"{FILE}#wildlife_species.questions[2]" in problem


def test_nearly_the_same_question_may_stand_twice_in_one_entry(folder: DataFolder) -> None:
    with folder.entry("wildlife", "wildlife_species") as entry:
        entry["questions"] = [*QUESTIONS, "请问第一种问法"]
    assert load_knowledge(folder.path).get("wildlife_species")


# What must be unique in the whole knowledge.


@pytest.mark.parametrize("field", ["id", "code", "title"])
def test_what_must_be_unique_is_named_with_both_places(folder: DataFolder, field: str) -> None:
    with folder.edit(FILE) as document:
        taken = next(entry for entry in document["entries"] if entry["id"] == "wildlife_species")[field]
    with folder.edit("knowledge/women_jobfair.yml") as document:
        document["entries"][-1][field] = taken
    problems = problems_in(folder)
    matching = [
        p for p in problems if "重复" in p and p.startswith("knowledge/women_jobfair.yml#") and repr(taken) in p
    ]
    assert len(matching) == 1, problems
    assert f"{FILE}#wildlife_species" in matching[0]


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


# Contacts and regions.


@pytest.mark.parametrize(
    ("value", "field", "shown"),
    [
        ({"name": "消防"}, "phone", "None"),
        ({"name": "消防", "phone": 119}, "phone", "119"),
        ({"name": "消防", "phone": "一一九"}, "phone", "'一一九'"),
        ({"phone": "119"}, "name", "缺少名称"),
        ("119", "name", "缺少名称"),
    ],
)
def test_a_contact_without_name_or_phone_is_named(folder: DataFolder, value: Any, field: str, shown: str) -> None:
    with folder.edit("contacts.yml") as document:
        document["fire_119"] = value
    problem = the_problem_in(folder)
    assert problem.startswith(f"contacts.yml#fire_119.{field}: ")
    assert shown in problem


@pytest.mark.parametrize("document", [None, ["119"], "119"])
def test_contacts_that_are_no_mapping_are_named(folder: DataFolder, document: Any) -> None:
    folder.write("contacts.yml", document)
    assert the_problem_in(folder).startswith("contacts.yml: ")


@pytest.mark.parametrize("document", [None, [], {"city": {"name": "太原市"}}, {"regions": None}])
def test_regions_that_are_no_list_are_named(folder: DataFolder, document: Any) -> None:
    folder.write("regions.yml", document)
    assert the_problem_in(folder).startswith("regions.yml#regions: ")


def test_a_list_of_regions_needs_at_least_one(folder: DataFolder) -> None:
    with folder.edit("regions.yml") as document:
        document["regions"] = []
    assert any(problem.startswith("regions.yml#regions: ") for problem in problems_in(folder))


@pytest.mark.parametrize("alias", ["小店", "太原", "迎泽区"])
def test_a_name_for_two_regions_is_named(folder: DataFolder, alias: str) -> None:
    with folder.edit("regions.yml") as document:
        document["regions"][7]["aliases"].append(alias)
    problem = the_problem_in(folder)
    assert problem.startswith("regions.yml#regions[")
    assert f"“{alias}”" in problem


@pytest.mark.parametrize("aliases", ["小店", [None], [""], 5])
def test_aliases_that_are_no_list_of_names_are_named(folder: DataFolder, aliases: Any) -> None:
    with folder.edit("regions.yml") as document:
        document["regions"][0]["aliases"] = aliases
    assert any(problem.startswith("regions.yml#regions[0].aliases") for problem in problems_in(folder))


def test_a_region_without_a_name_is_named_by_its_place(folder: DataFolder) -> None:
    with folder.edit("regions.yml") as document:
        document["regions"][3]["name"] = None
    assert the_problem_in(folder).startswith("regions.yml#regions[3].name: ")


@pytest.mark.parametrize("phone", ["等通知", "12", 3512345678, "0351 1234567", True])
def test_a_rescue_number_that_is_none_is_named(folder: DataFolder, phone: Any) -> None:
    """A number without quotation marks has lost its leading zero already."""
    with folder.edit("regions.yml") as document:
        document["regions"][0]["wildlife_phone"] = phone
    problem = the_problem_in(folder)
    assert problem.startswith("regions.yml#regions[0].wildlife_phone: ")
    assert repr(phone) in problem


# Several mistakes.


def test_all_mistakes_are_told_at_once(folder: DataFolder) -> None:
    with folder.edit(FILE) as document:
        document["region"] = "朝阳区"
        document["entries"][1]["code"] = "k1"
    with folder.entry("women_jobfair", "jobfair_when") as entry:
        entry["script"] = "请拨打12346。"
        entry["related"] = ["nobody"]
    problems = problems_in(folder)
    assert [problem.split(":")[0] for problem in problems] == [
        f"{FILE}#region",
        f"{FILE}#wildlife_day_date.code",
        "knowledge/women_jobfair.yml#jobfair_when.related[0]",
        "knowledge/women_jobfair.yml#jobfair_when.script",
    ]


def test_all_unreadable_files_are_told_at_once(folder: DataFolder) -> None:
    (folder.path / FILE).write_text("topic: [")
    (folder.path / "contacts.yml").unlink()
    names = {problem.split(":")[0] for problem in problems_in(folder)}
    assert names == {FILE, "contacts.yml"}


def test_all_mistakes_of_shape_are_told_at_once(folder: DataFolder) -> None:
    folder.write(FILE, ["words"])
    with folder.edit("knowledge/women_jobfair.yml") as document:
        document["entries"] = []
    with folder.edit("contacts.yml") as document:
        document["fire_119"] = {"name": "消防"}
    names = {problem.split(":")[0] for problem in problems_in(folder)}
    assert names == {FILE, "knowledge/women_jobfair.yml#entries", "contacts.yml#fire_119.phone"}
