"""The running assistant keeps the public contract."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.stack.processes import Stack

#: One question a subject, as residents put them, with what the answer must hold.
SUBJECTS = {
    "阳曲县的体验官一共招多少人": "10名",
    "我为阳曲献一策几月几号截止": "12月31日",
    "太原要打造的两个城是什么城": "赛事之城",
    "康佑酒店的电梯是哪天去检查的": "3月2日",
    "巾帼项目发布会上妇联跟哪家银行签了协议": "中国工商银行太原分行",
    "女性专场招聘会有多少个岗位": "900",
    "雨污分流每天能分出来多少污水": "7.98万",
    "太原2025年的城市水质指数是多少": "4.7596",
    "今年农村要装多少处消毒设施": "63",
    "世界野生动植物日今年是第几个": "第13个",
    "丁香叶忍冬是几级保护植物": "二级",
    "太原二实验的阅览室全天开放吗": "科学齐物园",
    "民警在太原南站发曲别针干什么": "手机卡",
    "太原纺织职工医院改成什么名字了": "太原康养集团医院",
}


@pytest.mark.parametrize(("question", "fact"), SUBJECTS.items())
def test_each_subject_is_answered_over_http(stack: Stack, question: str, fact: str) -> None:
    answer = stack.chat(question)
    assert answer["degraded"] is False
    assert fact in answer["replies"][0]["text"]
    assert answer["replies"][0]["kind"] == "answer"


@pytest.mark.parametrize(("question", "fact"), SUBJECTS.items())
def test_each_subject_is_answered_over_rasas_rest_channel(stack: Stack, question: str, fact: str) -> None:
    items = stack.rest(question, f"rest-{question}")
    reply = next(item["custom"] for item in items if "custom" in item)
    text = next(item["text"] for item in items if "text" in item)
    assert fact in text
    assert reply["text"] == text


@pytest.mark.parametrize(("question", "fact"), SUBJECTS.items())
def test_each_subject_is_answered_on_the_page_without_scripts(stack: Stack, question: str, fact: str) -> None:
    page = stack.client.post("/", data={"message": question, "conversation": "", "region": ""})
    assert page.status_code == 200
    assert fact in page.text


def test_health_tells_every_part_the_model_and_the_knowledge(stack: Stack) -> None:
    report = stack.health()
    assert report["status"] == "ok"
    assert report["parts"] == {"rasa": "up", "actions": "up", "store": "up"}
    assert report["model"]
    assert len(report["knowledge"]) == 16


def test_two_questions_in_one_message_get_two_replies(stack: Stack) -> None:
    replies = stack.chat("体验官招几个人，有工资吗")["replies"]
    assert [reply["entry"] for reply in replies] == ["inspector_headcount", "inspector_pay"]


def test_an_elliptical_question_is_read_in_the_conversations_topic(stack: Stack) -> None:
    first = stack.chat("阳曲县营商环境体验官招多少人")
    second = stack.chat("那年龄呢", first["conversation"])
    assert second["replies"][0]["entry"] == "inspector_age"


def test_the_county_is_asked_for_and_then_used(stack: Stack) -> None:
    first = stack.chat("捡到一只受伤的猫头鹰，给谁打电话")
    assert first["replies"][0]["kind"] == "form"
    assert "小店区" in [suggestion["message"] for suggestion in first["replies"][0]["suggestions"]]
    second = stack.chat("阳曲县", first["conversation"])
    assert second["replies"][0]["kind"] == "answer"
    assert "阳曲县林业" in second["replies"][0]["text"]
    third = stack.chat("小店区的呢", second["conversation"])
    assert "小店区林业" in third["replies"][0]["text"]


def test_a_region_sent_with_the_message_is_used_at_once(stack: Stack) -> None:
    reply = stack.chat("捡到一只受伤的猫头鹰，给谁打电话", region="古交市")["replies"][0]
    assert "古交市林业" in reply["text"]


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (["我能不能报名当体验官", "45岁", "没有"], "可以报名"),
        (["我想报体验官，看看我够不够条件", "六十整", "没有"], "招募方"),
        (["我够不够报体验官的格", "我今年50", "有，失信过"], "不符合"),
        (["我今年三十八，没有前科，能报体验官吗"], "可以报名"),
    ],
)
def test_the_eligibility_form_ends_with_a_verdict_and_its_reason(stack: Stack, turns: list[str], verdict: str) -> None:
    conversation = None
    for turn in turns:
        answer = stack.chat(turn, conversation)
        conversation = answer["conversation"]
    assert verdict in answer["replies"][-1]["text"]
    assert answer["replies"][-1]["entry"] == "inspector_eligibility_check"


def test_a_question_during_the_form_is_answered_and_the_form_goes_on(stack: Stack) -> None:
    first = stack.chat("帮我看看我能不能报体验官")
    assert first["replies"][0]["kind"] == "form"
    second = stack.chat("体验官的聘期多长", first["conversation"])
    assert [reply["kind"] for reply in second["replies"]] == ["answer", "form"]
    third = stack.chat("40岁", second["conversation"])
    assert third["replies"][0]["kind"] == "form"


def test_an_emergency_comes_first_whatever_else_is_asked(stack: Stack) -> None:
    first = stack.chat("帮我看看我能不能报体验官")
    reply = stack.chat("等等，骗子正在控制我的手机，他在转我的钱", first["conversation"])["replies"]
    assert [item["kind"] for item in reply] == ["urgent"]
    assert "110" in reply[0]["text"]


def test_what_is_not_covered_is_said_plainly_and_names_12345(stack: Stack) -> None:
    reply = stack.chat("公积金怎么提取")["replies"][0]
    assert reply["kind"] == "unknown"
    assert reply["entry"] is None
    assert "12345" in reply["text"]
    assert reply["contacts"][0]["phone"] == "12345"


def test_search_needs_no_understanding(stack: Stack) -> None:
    results = stack.client.get("/api/search", params={"q": "曲别针", "limit": 3}).json()["results"]
    assert results[0]["entry"] == "fraud_paperclip"


def test_a_permanent_page_shows_the_answer(stack: Stack) -> None:
    reply = stack.chat("体验官一共招几个人")["replies"][0]
    page = stack.client.get(f"/a/{reply['code']}")
    assert page.status_code == 200
    assert "10名" in page.text


def test_rasa_and_actions_listen_on_loopback_only(stack: Stack) -> None:
    for port in (stack.rasa_port, stack.actions_port):
        assert _listening_addresses(port) == {"0100007F"}


def _listening_addresses(port: int) -> set[str]:
    """Addresses (hexadecimal, as the kernel writes them) on which the port is listened to."""
    tables = [Path(f"/proc/net/{name}").read_text(encoding="ascii") for name in ("tcp", "tcp6")]
    lines = [line.split() for table in tables for line in table.splitlines()[1:]]
    listening = [fields[1] for fields in lines if fields[3] == "0A"]
    return {address.split(":")[0] for address in listening if int(address.split(":")[1], 16) == port}


def test_rasa_cannot_be_told_to_swap_its_model(stack: Stack) -> None:
    response = httpx.put(f"http://127.0.0.1:{stack.rasa_port}/model", json={}, trust_env=False)
    assert response.status_code == 404
