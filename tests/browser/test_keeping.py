"""What is kept: through failures, reloads and on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.resident import Resident
from tests.stack.processes import Stack


def test_offline_keeps_the_message_and_sends_it_when_asked(resident: Resident, context: BrowserContext) -> None:
    context.set_offline(True)
    resident.sends("体验官招几个人")
    expect(resident.app.locator(".failure")).to_contain_text("网络好像断了")
    context.set_offline(False)
    resident.button("重新发送").click()
    expect(resident.cards).to_have_count(1)
    assert resident.messages() == ["体验官招几个人"]


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (429, {"Retry-After": "17"}, "请等 17 秒"),
        (503, {}, "系统正在维护"),
        (500, {}, "没有发送成功"),
    ],
)
def test_each_failure_has_its_own_calm_sentence(
    resident: Resident, status: int, headers: dict[str, str], told: str
) -> None:
    resident.meets_status(status, headers)
    resident.sends("体验官招几个人")
    expect(resident.app.locator(".failure")).to_contain_text(told)
    resident.meets_the_server_again()
    resident.button("重新发送").click()
    expect(resident.cards).to_have_count(1)


def test_a_message_that_the_server_finds_too_long_comes_back_into_the_box(resident: Resident) -> None:
    resident.meets_status(413)
    resident.sends("体验官招几个人")
    resident.button("修改这条").click()
    assert resident.box.input_value() == "体验官招几个人"
    assert resident.messages() == []


def test_a_slow_answer_is_waited_for_in_sight(resident: Resident) -> None:
    held: list[Route] = []
    resident.meets(lambda route: held.append(route))
    resident.sends("体验官招几个人")
    expect(resident.app.locator(".waiting")).to_be_visible()
    expect(resident.box).to_be_editable()
    held[0].continue_()
    expect(resident.cards).to_have_count(1)
    expect(resident.app.locator(".waiting")).to_have_count(0)


def test_answers_by_search_alone_say_so(resident: Resident) -> None:
    def degraded(route: Route) -> None:
        body = route.fetch().json()
        route.fulfill(json={**body, "degraded": True})

    resident.meets(degraded)
    resident.asks("体验官招几个人")
    expect(resident.app.locator(".note")).to_contain_text("部分服务暂时停用")


def test_a_dead_token_begins_anew_without_a_word(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.page.evaluate(
        "sessionStorage.bingwen = JSON.stringify({...JSON.parse(sessionStorage.bingwen), conversation: 'dead'})"
    )
    resident.page.reload()
    expect(resident.cards).to_have_count(1)
    resident.asks("课间休息多长时间")
    expect(resident.cards.last).to_contain_text("15分钟")


def test_the_server_may_restart_in_between(resident: Resident, stack: Stack) -> None:
    resident.asks("体验官招几个人")
    stack.kill("web", 60)
    card = resident.asks("那给钱吗")
    expect(card).to_contain_text("义务")


def test_the_conversation_and_a_draft_survive_a_reload(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.box.fill("还没写完的")
    resident.page.reload()
    expect(resident.cards).to_have_count(1)
    assert resident.messages() == ["体验官招几个人"]
    assert resident.box.input_value() == "还没写完的"


def test_a_message_under_way_at_a_reload_can_be_sent_again(resident: Resident) -> None:
    resident.meets(lambda route: None)
    resident.sends("体验官招几个人")
    expect(resident.app.locator(".waiting")).to_be_visible()
    resident.page.reload()
    resident.meets_the_server_again()
    resident.button("重新发送").click()
    expect(resident.cards).to_have_count(1)


def test_the_conversation_can_be_cleared(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.button("清空对话").click()
    expect(resident.cards).to_have_count(0)
    expect(resident.box).to_be_focused()
    resident.page.reload()
    expect(resident.box).to_be_visible()
    assert resident.messages() == []


def test_the_conversation_can_be_downloaded(resident: Resident, tmp_path: Path) -> None:
    resident.asks("体验官招几个人")
    with resident.page.expect_download() as download:
        resident.button("下载对话").click()
    download.value.save_as(tmp_path / "talk.txt")
    text = (tmp_path / "talk.txt").read_text(encoding="utf-8")
    assert "问：体验官招几个人" in text
    assert "10名" in text
    assert "出处：" in text


def test_the_county_is_remembered_and_can_be_changed(resident: Resident) -> None:
    county = resident.app.locator(".county select")
    county.select_option("阳曲县")
    resident.page.reload()
    expect(county).to_have_value("阳曲县")
    card = resident.asks("捡到受伤的猫头鹰打什么电话")
    expect(card).to_contain_text("阳曲县林业主管部门")


def test_a_helpful_answer_is_thanked_for(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.button("有帮助").click()
    expect(resident.app.locator(".feedback")).to_have_text("谢谢您，很高兴帮上忙。")


@pytest.mark.parametrize("reason", ["答非所问", "信息过时", "太难懂", "还要打电话"])
def test_an_unhelpful_answer_is_told_with_its_reason(resident: Resident, reason: str) -> None:
    resident.asks("体验官招几个人")
    resident.button("没帮助").click()
    with resident.page.expect_request("**/api/feedback") as sent:
        resident.button(reason).click()
    assert sent.value.post_data_json["reason"] == reason
    expect(resident.app.locator(".feedback")).to_contain_text("工作人员会核对")


def test_a_correction_reaches_the_staff_with_its_words(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.button("纠错").click()
    resident.app.locator(".note-text").fill("人数好像改了")
    with resident.page.expect_response("**/api/feedback") as answer:
        resident.button("提交").click()
    assert answer.value.status == 201
    assert answer.value.json()["ticket"]
    expect(resident.app.locator(".feedback")).to_contain_text("工作人员会核对")


def test_feedback_that_was_not_kept_can_be_given_again(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.page.route("**/api/feedback", lambda route: route.abort())
    resident.button("有帮助").click()
    expect(resident.app.locator(".feedback")).to_contain_text("没有记上")
    resident.page.unroute("**/api/feedback")
    resident.button("有帮助").click()
    expect(resident.app.locator(".feedback")).to_contain_text("谢谢您")
