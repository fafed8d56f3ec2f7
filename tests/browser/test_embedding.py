"""Other sites embed the chat: nothing leaks, nothing breaks, and the page hears of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.resident import Resident

Visitor = Callable[[str], Resident]

#: How the page around the chat looks.
_LOOK = """() => [document.styleSheets.length, document.adoptedStyleSheets.length,
  ...["h1", "body"].map((name) => getComputedStyle(document.querySelector(name)).cssText)]"""


def test_one_tag_puts_the_chat_into_a_page_under_a_strict_policy(visitor: Visitor) -> None:
    resident = visitor("/plain.html").opens()
    card = resident.asks("体验官招几个人")
    expect(card).to_contain_text("10名")
    assert resident.errors == []


def test_nothing_is_asked_of_any_other_host(visitor: Visitor, home: str, site: str) -> None:
    resident = visitor("/plain.html").opens()
    resident.asks("骗子正在控制我的手机")
    hosts = {url.split("/")[2] for url in resident.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {home.split("/")[2], site.split("/")[2]}


def test_the_chat_is_loaded_when_it_is_first_opened(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    assert not any("/assets/" in url for url in resident.requests)
    resident.opens()
    assert any(url.endswith("/chat.js") for url in resident.requests)


def test_it_never_opens_by_itself(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    resident.page.wait_for_load_state("networkidle")
    expect(resident.page.locator("bingwen-chat .panel")).to_be_hidden()


def test_the_pages_county_is_taken_over(visitor: Visitor) -> None:
    resident = visitor("/plain.html").opens()
    expect(resident.app.locator(".county select")).to_have_value("阳曲县")


def test_the_conversation_goes_along_from_page_to_page(visitor: Visitor) -> None:
    resident = visitor("/plain.html").opens()
    resident.asks("体验官招几个人")
    resident.button("关闭问答助手").click()
    resident.page.get_by_role("link", name="办事指南").click()
    resident.opens()
    expect(resident.cards).to_have_count(1)


def test_escape_closes_and_gives_the_focus_back(visitor: Visitor) -> None:
    resident = visitor("/plain.html").opens()
    expect(resident.box).to_be_focused()
    resident.page.keyboard.press("Escape")
    expect(resident.page.locator("bingwen-chat .panel")).to_be_hidden()
    expect(resident.launcher).to_be_focused()


def test_the_page_is_told_of_what_happens_and_not_of_what_was_asked(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    resident.page.evaluate(
        """() => { window.heard = [];
        for (const name of ["open", "close", "answer", "region"])
          document.addEventListener("bingwen:" + name, (event) => window.heard.push([name, event.detail])); }"""
    )
    resident.opens()
    resident.asks("体验官招几个人")
    resident.app.locator(".county select").select_option("清徐县")
    resident.page.keyboard.press("Escape")
    expect(resident.launcher).to_be_visible()
    heard = resident.page.evaluate("window.heard")
    assert [name for name, _ in heard] == ["open", "answer", "region", "close"]
    assert heard[1][1]["kind"] == "answer"
    assert "体验官招几个人" not in str(heard)


def test_a_page_may_ask_and_open_and_close(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    resident.page.evaluate("document.querySelector('bingwen-chat').ask('体验官招几个人')")
    expect(resident.cards).to_have_count(1)
    resident.page.evaluate("document.querySelector('bingwen-chat').close()")
    expect(resident.launcher).to_be_visible()


def test_attributes_change_name_colour_and_corner(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    resident.host.evaluate("chat => Object.assign(chat.dataset, {title: '问阳曲', color: '#7a1020', position: 'left'})")
    expect(resident.launcher).to_have_text("问阳曲")
    expect(resident.launcher).to_have_css("background-color", "rgb(122, 16, 32)")
    box = resident.launcher.bounding_box()
    assert box
    assert box["x"] < 100


def test_an_awkward_site_neither_hides_nor_restyles_it(visitor: Visitor) -> None:
    resident = visitor("/awkward.html")
    expect(resident.launcher).to_be_visible()
    expect(resident.launcher).to_have_css("color", "rgb(255, 255, 255)")
    expect(resident.launcher).not_to_have_css("font-family", "fantasy")
    resident.opens()
    card = resident.asks("体验官招几个人")
    expect(card.locator(".point")).to_have_css("font-size", "18px")
    expect(card.locator(".point p").first).to_have_css("color", "rgb(27, 35, 37)")
    box = resident.launcher.bounding_box()
    assert box is None  # hidden while open


def test_the_awkward_sites_popup_does_not_cover_the_box(visitor: Visitor) -> None:
    resident = visitor("/awkward.html").opens()
    hit = resident.box.evaluate(
        """box => { const {x, y, width, height} = box.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2).localName; }"""
    )
    assert hit == "bingwen-chat"


def test_its_styles_do_not_leak_into_the_page(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    before = resident.page.evaluate(_LOOK)
    resident.opens()
    assert resident.page.evaluate(_LOOK) == before


def test_what_cannot_be_loaded_is_told_with_a_number_to_call(visitor: Visitor) -> None:
    resident = visitor("/plain.html")
    resident.page.route("**/assets/**", lambda route: route.abort())
    resident.launcher.click()
    told = resident.page.locator("bingwen-chat [role=alert]")
    expect(told).to_contain_text("暂时打不开")
    expect(told.locator("a[href='tel:12345']")).to_be_visible()
    resident.page.unroute("**/assets/**")
    resident.page.get_by_role("button", name="关闭").click()
    resident.opens()


def test_the_documented_tag_works(visitor: Visitor) -> None:
    resident = visitor("/documented-script.html").opens()
    expect(resident.app.locator(".county select")).to_have_value("阳曲县")
    assert resident.errors == []


def test_the_documented_frame_works(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(f"{site}/documented-iframe.html")
    chat = page.frame_locator("iframe").locator("bingwen-chat .app:not(body)")
    chat.locator(".composer textarea").fill("体验官招几个人")
    chat.locator(".composer textarea").press("Enter")
    expect(chat.locator("article.reply")).to_contain_text("10名")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_panel_fits_the_window(visitor: Visitor, width: int) -> None:
    resident = visitor("/plain.html")
    resident.page.set_viewport_size({"width": width, "height": 700})
    resident.opens()
    box = resident.page.locator("bingwen-chat .panel").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 700
