"""A resident asks: what is sent, when, and what comes of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.resident import Resident


def test_an_answer_says_its_point_its_source_and_its_validity(resident: Resident) -> None:
    card = resident.asks("体验官招几个人")
    expect(card.locator(".title")).to_have_text("招募多少名体验官")
    expect(card.locator(".point")).to_contain_text("10名")
    expect(card.locator(".facts").first).to_contain_text("阳曲县公开招募")
    expect(card.locator(".validity")).to_have_text("2026年3月6日至2026年12月31日，现在有效")
    expect(card.locator("a[href='tel:12345']")).to_be_visible()


def test_code_and_department_are_folded_until_they_are_wanted(resident: Resident, home: str) -> None:
    card = resident.asks("体验官招几个人")
    link = card.locator("a.code")
    expect(link).to_be_hidden()
    card.locator("summary").click()
    expect(link).to_be_visible()
    assert re.fullmatch(rf"{home}/a/[A-Z]\d\d", link.get_attribute("href") or "")


def test_an_expired_answer_cannot_be_mistaken_for_a_valid_one(resident: Resident) -> None:
    card = resident.asks("女性专场招聘会什么时候办")
    expect(card).to_have_class(re.compile("expired"))
    expect(card.locator(".badge")).to_have_text("已过期")


def test_an_emergency_comes_with_steps_and_a_number_to_call(resident: Resident) -> None:
    card = resident.asks("骗子正在控制我的手机")
    expect(card).to_have_class(re.compile("urgent"))
    expect(card.locator(".badge")).to_have_text("紧急情况，请马上这样做")
    expect(card.locator(".point")).to_contain_text("1.")
    expect(card.locator("a.call[href='tel:110']")).to_be_visible()


def test_what_is_not_known_names_whom_to_call(resident: Resident) -> None:
    card = resident.asks("护照怎么换")
    expect(card).to_have_class(re.compile("unknown"))
    expect(card.locator("a.call[href='tel:12345']")).to_be_visible()


def test_the_county_is_asked_for_with_buttons_where_the_answer_depends_on_it(resident: Resident) -> None:
    resident.asks("捡到受伤的猫头鹰打什么电话")
    resident.button("阳曲县").click()
    expect(resident.cards.last).to_contain_text("阳曲县林业主管部门")


def test_the_eligibility_check_offers_its_answers(resident: Resident) -> None:
    card = resident.asks("帮我看看我能不能当体验官")
    expect(card).to_have_class(re.compile("form"))
    expect(card.locator(".choice").first).to_be_visible()


def test_a_related_question_is_asked_by_its_button(resident: Resident) -> None:
    card = resident.asks("体验官招几个人")
    related = card.locator(".choice").first
    words = related.inner_text()
    related.click()
    expect(resident.cards).to_have_count(2)
    assert resident.messages()[-1] == words


def test_suggestions_to_begin_with_come_from_the_knowledge(resident: Resident) -> None:
    first = resident.app.locator(".welcome .choice").first
    expect(first).to_be_visible()
    first.click()
    expect(resident.cards).to_have_count(1)


def test_enter_sends_and_shift_enter_breaks_the_line(resident: Resident) -> None:
    resident.box.fill("体验官")
    resident.box.press("Shift+Enter")
    resident.box.type("招几个人")
    assert resident.box.input_value() == "体验官\n招几个人"
    assert resident.messages() == []
    resident.box.press("Enter")
    expect(resident.cards).to_have_count(1)
    assert resident.box.input_value() == ""


def test_enter_that_chooses_a_word_of_the_input_method_sends_nothing(resident: Resident) -> None:
    resident.box.fill("ti yan guan")
    resident.enters_while_composing()
    assert resident.box.input_value() == "ti yan guan"
    assert resident.messages() == []


def test_a_storm_of_enters_and_clicks_sends_once(resident: Resident) -> None:
    resident.box.fill("体验官招几个人")
    for _ in range(5):
        resident.box.press("Enter")
    resident.button("发送").dblclick()
    expect(resident.cards).to_have_count(1)
    assert resident.messages() == ["体验官招几个人"]


def test_a_double_click_on_a_suggestion_asks_once(resident: Resident) -> None:
    resident.app.locator(".welcome .choice").first.dblclick()
    expect(resident.cards).to_have_count(1)
    assert len(resident.messages()) == 1


def test_answers_keep_the_order_of_the_questions(resident: Resident) -> None:
    held: list[Route] = []

    def slow_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    resident.meets(slow_first)
    resident.sends("体验官招几个人")
    resident.sends("课间休息多长时间")
    expect(resident.app.locator(".waiting")).to_have_count(2)
    held[0].continue_()
    expect(resident.cards).to_have_count(2)
    assert resident.messages() == ["体验官招几个人", "课间休息多长时间"]
    expect(resident.cards.first).to_contain_text("10名")
    expect(resident.cards.last).to_contain_text("15分钟")


def test_what_is_typed_is_shown_as_text_and_never_as_markup(resident: Resident) -> None:
    resident.asks("<img src=x onerror=alert(1)><b>体验官</b>招几个人")
    assert resident.messages() == ["<img src=x onerror=alert(1)><b>体验官</b>招几个人"]
    expect(resident.app.locator(".message img")).to_have_count(0)


def test_a_message_that_is_too_long_is_counted_and_kept(resident: Resident) -> None:
    resident.sends("问" * 501)
    expect(resident.app.locator(".counter")).to_have_text("多了 1 个字，请删减后再发送")
    assert resident.box.input_value() == "问" * 501
    assert resident.messages() == []


@pytest.mark.parametrize("blank", ["", "   ", "\n\n"])
def test_nothing_is_sent_for_nothing(resident: Resident, blank: str) -> None:
    resident.sends(blank)
    assert resident.messages() == []


def test_personal_data_is_hidden_in_the_answer(resident: Resident) -> None:
    card = resident.asks("我电话13800138000，体验官招几个人")
    expect(card).to_contain_text("个人信息已经隐去")


def test_the_page_answers_without_javascript(context: BrowserContext, home: str) -> None:
    browser = context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(home)
    page.fill("#message", "体验官招几个人")
    page.click("button.send")
    expect(page.locator("article.reply")).to_contain_text("10名")
    plain.close()
