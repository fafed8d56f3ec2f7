"""Validation: what must fit together between fields, entries and files, and several mistakes at once."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.validation import load_knowledge
from tests.assistant.refusals import problems_in, the_problem_in
from tests.folders import DataFolder

FILE = "knowledge/wildlife.yml"
RESCUE = f"{FILE}#wildlife_rescue"
QUESTIONS = [f"第{number}种问法" for number in "一二三四五六七八九十百千"]


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
