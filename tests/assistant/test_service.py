"""Service: the assistant as a process holds it, over knowledge that follows its files."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import service
from assistant.answering import Context
from assistant.examples import read_intents
from assistant.knowledge import KnowledgeError
from assistant.service import Assistant
from assistant.understanding import FALLBACK_INTENT, Candidate, Understanding
from tests.folders import DataFolder

Open = Callable[..., Assistant]

#: The day before everything, a day in the middle, and the day after everything.
EARLY, MIDDLE, LATE = "2026-01-01", "2026-04-01", "2027-06-01"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the assistants of these tests keep sentence vectors, so that each text is encoded once."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def open_assistant(folder: DataFolder, var: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens an assistant over the folder, which looks at its files whenever it is asked."""
    monkeypatch.setattr(service, "_LOOK_INTERVAL", 0)

    def start(today: str = MIDDLE) -> Assistant:
        return Assistant.load(folder.settings(today=today, var=str(var)))

    return start


def sure(text: str, intent: str) -> Understanding:
    return Understanding(text, intent, (Candidate(intent, 0.95),), coverage=0.99)


def answer(assistant: Assistant, entry: str, text: str = "这是怎么回事") -> str:
    """What the assistant says to a question that it is sure is about `entry`."""
    reply = assistant.respond(sure(text, entry), Context()).replies[0]
    assert reply.entry == entry
    return reply.text


# Knowledge that follows its files.


def test_a_good_edit_is_followed(folder: DataFolder, open_assistant: Open) -> None:
    assistant = open_assistant()
    before = assistant.knowledge.digest
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["answer"] = "改过的回答。"
    assert answer(assistant, "fraud_gifts").startswith("改过的回答。")
    assert assistant.knowledge.digest != before


def test_a_new_entry_can_be_searched_for(folder: DataFolder, open_assistant: Open) -> None:
    assistant = open_assistant()
    with folder.edit("knowledge/fraud.yml") as document:
        new = {"id": "fraud_new", "code": "N99", "title": "新骗局是什么样的", "related": []}
        questions = [f"新骗局第{number}招是什么" for number in "一二三四五六七八九十百千"]
        document["entries"].append({**document["entries"][-1], **new, "questions": questions})
    assert assistant.search("新骗局第八招是什么", limit=1)[0].entry.id == "fraud_new"


def test_a_broken_file_changes_nothing_and_is_told_to_the_operator(
    folder: DataFolder, open_assistant: Open, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = open_assistant()
    before, said = assistant.knowledge, answer(assistant, "fraud_gifts")
    with caplog.at_level(logging.ERROR), folder.entry("fraud", "fraud_gifts") as entry:
        entry["answer"] = "请打13812345678。"
    assert answer(assistant, "fraud_gifts") == said
    assert assistant.knowledge is before
    assert "knowledge/fraud.yml#fraud_gifts.answer" in caplog.text
    assert "13812345678" in caplog.text


def test_a_refusal_is_told_once(folder: DataFolder, open_assistant: Open, caplog: pytest.LogCaptureFixture) -> None:
    assistant = open_assistant()
    folder.write("contacts.yml", None)
    for _ in range(3):
        assert len(assistant.knowledge) > 0
    assert len([record for record in caplog.records if "refused" in record.message]) == 1


def test_a_repaired_file_is_followed_again(folder: DataFolder, open_assistant: Open) -> None:
    assistant = open_assistant()
    before = assistant.knowledge.digest
    good = (folder.path / "knowledge" / "fraud.yml").read_text(encoding="utf-8")
    (folder.path / "knowledge" / "fraud.yml").write_text("topic: [", encoding="utf-8")
    assert assistant.knowledge.digest == before
    (folder.path / "knowledge" / "fraud.yml").write_text(good, encoding="utf-8")
    assert assistant.knowledge.digest == before
    folder.replace("knowledge/fraud.yml", "title: 反诈防骗", "title: 反诈")
    topic = assistant.knowledge.topic("fraud")
    assert topic is not None
    assert topic.title == "反诈"


def test_a_date_that_does_not_exist_changes_nothing(folder: DataFolder, open_assistant: Open) -> None:
    assistant = open_assistant()
    before = assistant.knowledge
    folder.replace("knowledge/wildlife.yml", "until: 2026-03-03", "until: 2026-02-30")
    assert assistant.knowledge is before


def test_a_file_that_disappears_changes_nothing(folder: DataFolder, open_assistant: Open) -> None:
    assistant = open_assistant()
    before = assistant.knowledge
    (folder.path / "regions.yml").unlink()
    assert assistant.knowledge is before


def test_files_are_looked_at_no_more_often_than_the_interval(
    folder: DataFolder, open_assistant: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(service.time, "monotonic", lambda: now)
    monkeypatch.setattr(service, "_LOOK_INTERVAL", 1.0)
    assistant = open_assistant()
    before = assistant.knowledge.digest
    folder.replace("knowledge/fraud.yml", "title: 反诈防骗", "title: 反诈")
    now = 1000.9
    assert assistant.knowledge.digest == before
    now = 1001.0
    assert assistant.knowledge.digest != before


def test_nobody_waits_while_knowledge_is_read_again(
    folder: DataFolder, open_assistant: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = open_assistant()
    before = assistant.knowledge
    folder.replace("knowledge/fraud.yml", "title: 反诈防骗", "title: 反诈")
    reading, release = threading.Event(), threading.Event()
    load = service.load_knowledge

    def slow(path: Path) -> object:
        reading.set()
        release.wait(30)
        return load(path)

    monkeypatch.setattr(service, "load_knowledge", slow)
    reader = threading.Thread(target=lambda: assistant.knowledge)
    reader.start()
    assert reading.wait(30)
    assert assistant.knowledge is before
    release.set()
    reader.join(30)
    assert assistant.knowledge.digest != before.digest


def test_an_assistant_does_not_start_on_broken_knowledge(folder: DataFolder, open_assistant: Open) -> None:
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["code"] = "x"
    with pytest.raises(KnowledgeError, match=r"knowledge/fraud\.yml#fraud_gifts\.code"):
        open_assistant()


# Time.


def test_today_is_pretended_or_the_citys(open_assistant: Open, assistant: Assistant) -> None:
    assert open_assistant(EARLY).today() == dt.date(2026, 1, 1)
    assert assistant.today() == dt.date(2026, 4, 1)


def test_the_same_entry_is_upcoming_current_and_expired_as_time_goes_by(open_assistant: Open) -> None:
    assert answer(open_assistant(EARLY), "column_fields").startswith("【尚未开始】这条信息从2026年3月5日起有效。")
    assert not answer(open_assistant(MIDDLE), "column_fields").startswith("【")
    assert answer(open_assistant(LATE), "column_fields").startswith("【已过期】这条信息的有效期到2026年12月31日。")


def test_what_is_over_says_so_first_in_its_own_words(folder: DataFolder, open_assistant: Open) -> None:
    with folder.entry("women_jobfair", "jobfair_when") as entry:
        entry["expired_note"] = "招聘会办完了。"
    text = answer(open_assistant("2026-03-07"), "jobfair_when")
    assert text.startswith("【已过期】这条信息的有效期到2026年3月6日。招聘会办完了。下面是当时的内容。\n")
    assert not answer(open_assistant("2026-03-06"), "jobfair_when").startswith("【")


def test_what_has_no_dates_never_expires(open_assistant: Open) -> None:
    for today in (EARLY, LATE):
        assert not answer(open_assistant(today), "fraud_prevention").startswith("【")


# Counties.

RESCUE = sure("受伤的鸟找谁救助", "wildlife_rescue")


def test_the_county_is_asked_for_and_its_name_answers(assistant: Assistant) -> None:
    asked = assistant.respond(RESCUE, Context())
    assert [reply.kind for reply in asked.replies] == ["form"]
    assert [item.message for item in asked.replies[0].suggestions] == list(assistant.knowledge.regions.names)
    told = assistant.respond(Understanding("我在小店", FALLBACK_INTENT), asked.context)
    assert told.replies[0].entry == "wildlife_rescue"
    assert "小店区林业主管部门" in told.replies[0].text
    assert told.context == Context("小店区", "wildlife_rescue")


def test_the_county_in_the_message_counts(assistant: Assistant) -> None:
    outcome = assistant.respond(replace(RESCUE, text="阳曲縣受伤的鸟找谁救助？阳曲县"), Context())
    assert outcome.replies[0].entry == "wildlife_rescue"
    assert outcome.context.region == "阳曲县"


def test_another_county_follows_up(assistant: Assistant) -> None:
    context = Context("小店区", "wildlife_rescue")
    outcome = assistant.respond(Understanding("那娄烦呢", FALLBACK_INTENT), context)
    assert outcome.replies[0].entry == "wildlife_rescue"
    assert "娄烦县林业主管部门" in outcome.replies[0].text
    assert outcome.context.region == "娄烦县"


def test_a_countys_number_is_given_once_it_is_filled_in(folder: DataFolder, open_assistant: Open) -> None:
    assistant = open_assistant()
    context = Context("阳曲县")
    assert "阳曲县林业主管部门" in assistant.respond(RESCUE, context).replies[0].text
    with folder.edit("regions.yml") as document:
        yangqu = next(region for region in document["regions"] if region["name"] == "阳曲县")
        yangqu["wildlife_phone"] = "0351-7654321"
    assert "阳曲县的野生动物救助电话是0351-7654321" in assistant.respond(RESCUE, context).replies[0].text
    assert "小店区林业主管部门" in assistant.respond(RESCUE, Context("小店区")).replies[0].text


@pytest.mark.parametrize(
    ("text", "entry", "place"),
    [
        ("小店的体验官招几个人", "inspector_headcount", "小店区"),
        ("大同的体验官招几个人", "inspector_headcount", "大同"),
        ("北京的女性招聘会有多少岗位", "jobfair_numbers", "北京"),
    ],
)
def test_another_place_is_named_as_not_covered(assistant: Assistant, text: str, entry: str, place: str) -> None:
    text = assistant.respond(sure(text, entry), Context()).replies[0].text
    assert "请注意：" in text
    assert f"没有写{place}的情况" in text


@pytest.mark.parametrize("text", ["阳曲体验官招几个人", "太原阳曲的体验官招几个人", "体验官招几个人"])
def test_the_place_of_the_entry_needs_no_note(assistant: Assistant, text: str) -> None:
    assert "请注意：" not in assistant.respond(sure(text, "inspector_headcount"), Context()).replies[0].text


# Conversations.


def test_an_elliptical_question_is_read_in_the_subject_of_the_one_before(assistant: Assistant) -> None:
    before = assistant.respond(sure("体验官招几个人", "inspector_headcount"), Context())
    after = assistant.respond(Understanding("那有报酬吗", FALLBACK_INTENT), before.context)
    assert after.replies[0].entry == "inspector_pay"
    assert after.context.entry == "inspector_pay"


def test_readings_are_offered_and_chosen_by_number(assistant: Assistant) -> None:
    candidates = (Candidate("inspector_age", 0.2), Candidate("inspector_conditions", 0.18))
    offered = assistant.respond(Understanding("当这个有什么要求没有呀", FALLBACK_INTENT, candidates, 0.99), Context())
    assert offered.replies[0].kind == "clarify"
    assert offered.context.choices == ("inspector_age", "inspector_conditions")
    chosen = assistant.respond(Understanding("第二个", FALLBACK_INTENT), offered.context)
    assert chosen.replies[0].entry == "inspector_conditions"
    assert chosen.context.choices == ()


def test_every_entry_is_found_by_its_code_and_by_its_title(assistant: Assistant) -> None:
    wrong = []
    for entry in assistant.knowledge:
        for text in (entry.code, entry.code.lower(), entry.title):
            replies = assistant.respond(Understanding(text, FALLBACK_INTENT), Context("阳曲县")).replies
            if [reply.entry for reply in replies] != [entry.id]:
                wrong.append((entry.id, text))
    assert wrong == []


# Without the trained model.


@pytest.mark.parametrize("entry_id", ["inspector_headcount", "school_break_rule", "water_saving", "lift_visit"])
def test_a_known_question_is_answered_by_search_alone(assistant: Assistant, entry_id: str) -> None:
    entry = assistant.knowledge.get(entry_id)
    assert entry is not None
    (reply,) = assistant.answer_by_search(f"{entry.questions[0]}！", Context())
    assert (reply.kind, reply.entry) == ("answer", entry_id)


def test_an_emergency_is_seen_by_search_alone(assistant: Assistant) -> None:
    (reply,) = assistant.answer_by_search("你好，我手机被骗子远程控制了！", Context())
    assert (reply.kind, reply.entry) == ("urgent", "fraud_remote_control")


@pytest.mark.parametrize("message", ["怎么移民火星", "？？？", "量子纠缠的贝尔不等式"])
def test_what_is_not_covered_is_said_so_by_search_alone(assistant: Assistant, message: str) -> None:
    (reply,) = assistant.answer_by_search(message, Context())
    assert reply.kind == "unknown"


def test_search_alone_offers_two_to_four_readings(assistant: Assistant) -> None:
    (reply,) = assistant.answer_by_search("体验官", Context())
    assert reply.kind == "clarify"
    assert 2 <= len(reply.suggestions) <= 4


# Looking up.


def test_the_search_is_limited_and_narrowed(assistant: Assistant) -> None:
    assert len(assistant.search("电话", limit=3)) == 3
    assert {hit.entry.topic for hit in assistant.search("电话", topic="fraud")} == {"fraud"}
    assert {hit.entry.region for hit in assistant.search("电话", region="阳曲县")} == {"阳曲县"}


def test_an_entry_as_a_reply_speaks_of_the_chosen_county(assistant: Assistant) -> None:
    entry = assistant.knowledge.get("wildlife_rescue")
    assert entry is not None
    assert "小店区林业主管部门" in assistant.reply_for(entry, "小店区").text
    assert "您所在县（市、区）的林业主管部门" in assistant.reply_for(entry).text


def test_every_entry_is_a_reply_in_every_county(assistant: Assistant) -> None:
    for entry in assistant.knowledge:
        for region in (None, *assistant.knowledge.regions.names):
            reply = assistant.reply_for(entry, region)
            assert reply.entry == entry.id
            assert reply.answer
            assert "{" not in reply.text


def test_the_interview_speaks_for_the_current_knowledge(assistant: Assistant) -> None:
    assert assistant.interview().verdict(45, "clean").entry == "inspector_eligibility_check"


def test_an_entry_with_a_form_opens_it_and_no_other_does(assistant: Assistant) -> None:
    asked = {entry.id for entry in assistant.knowledge if assistant.form_reply(sure("我能报名吗", entry.id))}
    assert asked == {entry.id for entry in assistant.knowledge if entry.form}
    assert asked
    assert assistant.form_reply(Understanding("我能报名吗", FALLBACK_INTENT)) is None


def test_examples_of_what_is_not_covered_are_known_by_their_intents(folder: DataFolder, open_assistant: Open) -> None:
    examples = read_intents(folder.path / "nlu" / "not_covered.yml")
    intents = open_assistant().refused_intents()
    assert {intents[example] for example in examples["not_covered_chat"]} == {"not_covered_chat"}
    assert len(intents) == sum(map(len, examples.values()))


# Look-alikes.


def test_an_edited_entry_is_compared_with_all_others(assistant: Assistant) -> None:
    fire, count = assistant.knowledge.get("hotline_fire"), assistant.knowledge.get("inspector_headcount")
    assert fire
    assert count
    question = f"{count.questions[0]}哎"
    edited = replace(fire, questions=(*fire.questions, question))
    lost = {alarm.question: alarm.winner for alarm in assistant.lookalikes(edited) if alarm.loser is edited}
    assert lost[question] == count
