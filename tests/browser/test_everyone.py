"""Everyone: large text, high contrast, keyboards, screen readers, small windows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.resident import Resident

#: What WCAG 2.2 AA asks, and what axe-core's authors hold good practice.
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: Narrower than this a child of the chat would have to be to need no second direction of scrolling.
_OVERFLOW = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
_SMALL_TARGETS = """(app, least) => [...app.querySelectorAll("button, select, textarea, summary, a")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height > 0)
  .filter((node) => node.getBoundingClientRect().height < least - 0.5)
  .map((node) => node.outerHTML.slice(0, 80) + " " + node.getBoundingClientRect().height)"""


def violations(page: Page) -> list[str]:
    """What axe-core finds. In a high window, where the bar and the box lie over nothing that is scrolled under them."""
    page.set_viewport_size({"width": 360, "height": 3000})
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


def states(resident: Resident) -> dict[str, Callable[[], object]]:
    """How to come into each state of the chat."""
    return {
        "open": lambda: None,
        "answer": lambda: resident.asks("体验官招几个人"),
        "expired": lambda: resident.asks("女性专场招聘会什么时候办"),
        "clarify": lambda: resident.asks("体验官"),
        "urgent": lambda: resident.asks("骗子正在控制我的手机"),
        "form": lambda: resident.asks("帮我看看我能不能当体验官"),
        "unknown": lambda: resident.asks("护照怎么换"),
        "correction": lambda: (resident.asks("体验官招几个人"), resident.button("纠错").click()),
        "failure": lambda: (
            resident.meets_status(503),
            resident.sends("体验官招几个人"),
            expect(resident.app.locator(".failure")).to_be_visible(),
        ),
    }


@pytest.mark.parametrize(
    "state", ["open", "answer", "expired", "clarify", "urgent", "form", "unknown", "correction", "failure"]
)
def test_axe_finds_nothing_in_any_state(resident: Resident, state: str) -> None:
    states(resident)[state]()
    assert violations(resident.page) == []


@pytest.mark.parametrize("theme", ["dark", "contrast"])
@pytest.mark.parametrize("state", ["answer", "expired", "urgent", "failure"])
def test_axe_finds_nothing_in_other_colours(resident: Resident, theme: str, state: str) -> None:
    resident.app.locator("select.theme").select_option(theme)
    states(resident)[state]()
    assert violations(resident.page) == []


@pytest.mark.parametrize("size", ["大字", "特大"])
def test_axe_finds_nothing_in_large_text(resident: Resident, size: str) -> None:
    resident.button(size).click()
    resident.asks("体验官招几个人")
    assert violations(resident.page) == []


@pytest.mark.parametrize("opened", [False, True])
def test_axe_finds_nothing_where_it_is_embedded(context: BrowserContext, home: str, opened: bool) -> None:
    page = context.new_page()
    tag = f"<script src='{home}/widget.js' defer></script>"
    body = f"<!doctype html><html lang='zh-CN'><title>网站</title><main><h1>网站</h1></main>{tag}</html>"
    page.route(f"{home}/site.html", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    resident = Resident(page, home).visits("/site.html", embedded=True)
    if opened:
        resident.opens().asks("体验官招几个人")
    assert violations(page) == []


def test_axe_finds_nothing_on_a_permanent_page(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.goto(f"{home}/a/A01")
    assert violations(page) == []


def test_targets_are_44_pixels_high(resident: Resident) -> None:
    resident.asks("体验官招几个人")
    resident.app.locator("details.more summary").click()
    assert resident.app.evaluate(_SMALL_TARGETS, 44) == []


@pytest.mark.parametrize("size", ["大字", "特大"])
def test_in_large_text_targets_are_60_pixels_high(resident: Resident, size: str) -> None:
    resident.button(size).click()
    resident.asks("体验官招几个人")
    resident.app.locator("details.more summary").click()
    assert resident.app.evaluate(_SMALL_TARGETS, 60) == []


def test_three_text_sizes_are_remembered(resident: Resident) -> None:
    sizes = []
    for name in ("标准", "大字", "特大"):
        resident.button(name).click()
        sizes.append(resident.app.evaluate("app => parseFloat(getComputedStyle(app).fontSize)"))
    assert sizes[0] >= 18
    assert sizes == sorted(set(sizes))
    resident.page.reload()
    expect(resident.button("特大")).to_have_attribute("aria-pressed", "true")
    assert resident.app.evaluate("app => parseFloat(getComputedStyle(app).fontSize)") == sizes[2]


def test_dark_follows_the_device_unless_another_is_chosen(resident: Resident) -> None:
    expect(resident.app).to_have_attribute("data-theme", "light")
    resident.page.emulate_media(color_scheme="dark")
    expect(resident.app).to_have_attribute("data-theme", "dark")
    resident.app.locator("select.theme").select_option("light")
    expect(resident.app).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256)])
def test_nothing_is_cut_off_at_320_pixels_and_at_400_percent(resident: Resident, width: int, height: int) -> None:
    """1280 by 1024 at 400 % is 320 by 256."""
    resident.page.set_viewport_size({"width": width, "height": height})
    resident.asks("体验官招几个人")
    resident.app.locator("details.more summary").click()
    assert resident.page.evaluate(_OVERFLOW) == 0
    resident.box.scroll_into_view_if_needed()
    expect(resident.box).to_be_in_viewport()


def test_everything_is_reached_by_keyboard_alone(resident: Resident) -> None:
    resident.page.keyboard.press("Tab")
    reached = []
    for _ in range(60):
        name = resident.page.evaluate(
            """() => { let node = document.activeElement;
            while (node && node.shadowRoot) node = node.shadowRoot.activeElement;
            return node ? (node.textContent || node.localName).trim().slice(0, 12) : ""; }"""
        )
        reached.append(name)
        resident.page.keyboard.press("Tab")
    for wanted in ("大字", "更多问题", "发送"):
        assert any(wanted in name for name in reached), reached
    resident.box.focus()
    resident.page.keyboard.type("体验官招几个人")
    resident.page.keyboard.press("Enter")
    expect(resident.cards).to_have_count(1)


def test_the_focus_can_be_seen(resident: Resident) -> None:
    resident.page.keyboard.press("Tab")
    resident.box.focus()
    assert resident.box.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
    assert resident.box.evaluate("box => parseFloat(getComputedStyle(box).outlineWidth)") >= 2


def test_each_reply_is_announced_once_and_the_history_never(resident: Resident) -> None:
    resident.app.evaluate(
        """app => { window.said = [];
        const status = app.querySelector("[role=status]");
        const observer = new MutationObserver(() => window.said.push(status.textContent));
        observer.observe(status, {childList: true, subtree: true}); }"""
    )
    resident.asks("体验官招几个人")
    resident.asks("课间休息多长时间")
    said = resident.page.evaluate("window.said")
    assert len(said) == 2
    assert "10名" in said[0]
    assert "15分钟" in said[1]
    assert "10名" not in said[1]
    resident.page.reload()
    expect(resident.cards).to_have_count(2)
    assert resident.announced == ""
    expect(resident.app.locator("[aria-live]")).to_have_count(1)


def test_who_wants_less_motion_gets_none(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    resident = Resident(page, home).visits("/")
    resident.meets(lambda route: None)
    resident.sends("体验官招几个人")
    assert resident.app.locator(".dots i").first.evaluate("dot => getComputedStyle(dot).animationName") == "none"


def test_a_long_answer_is_read_from_its_question_on(resident: Resident) -> None:
    resident.page.emulate_media(reduced_motion="reduce")  # else it would be on its way
    resident.asks("体验官招几个人")
    resident.asks("当体验官要干些啥")
    message = resident.app.locator(".message").last.bounding_box()
    assert message
    assert 0 <= message["y"] <= 200


def test_the_number_to_call_is_always_one_step_away(resident: Resident) -> None:
    for _ in range(2):
        resident.asks("体验官招几个人")
    link = resident.page.locator("header .hotline")
    expect(link).to_be_in_viewport()
    assert link.get_attribute("href") == "tel:12345"


def test_reading_aloud_says_what_the_card_says(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.add_init_script("window.read = []; speechSynthesis.speak = (utterance) => window.read.push(utterance.text);")
    resident = Resident(page, home).visits("/")
    resident.asks("体验官招几个人")
    resident.button("朗读").click()
    (text,) = page.evaluate("window.read")
    assert "10名" in text
    expect(resident.button("停止朗读")).to_be_visible()


def test_voice_is_hidden_where_the_browser_has_none(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.add_init_script(
        "delete window.SpeechRecognition; delete window.webkitSpeechRecognition; delete window.speechSynthesis;"
    )
    resident = Resident(page, home).visits("/")
    resident.asks("体验官招几个人")
    expect(resident.button("说话")).to_have_count(0)
    expect(resident.button("朗读")).to_have_count(0)


def test_300_messages_do_not_slow_it(resident: Resident) -> None:
    resident.page.evaluate(
        """() => { const reply = {kind: "answer", entry: "x", title: "旧的回答", text: "好的。", answer: "好的。",
          source: null, valid: null, contacts: [], suggestions: [], code: null};
        const exchange = (_, index) => ({message: "第" + index, replies: [reply], degraded: false});
        const exchanges = Array.from({length: 300}, exchange);
        sessionStorage.bingwen = JSON.stringify({conversation: "", draft: "", exchanges}); }"""
    )
    resident.page.reload()
    expect(resident.cards).to_have_count(300)
    resident.box.fill("")
    busy = resident.page.evaluate(
        """async () => { const begun = performance.now();
        const app = document.querySelector("bingwen-chat").shadowRoot.querySelector(".app");
        const box = app.querySelector("textarea");
        for (const letter of "体验官招几个人") {
          box.value += letter;
          box.dispatchEvent(new InputEvent("input", {bubbles: true}));
          await new Promise(requestAnimationFrame);
        }
        return (performance.now() - begun) / 7; }"""
    )
    assert busy < 100, f"{busy:.0f} ms a letter"


def test_a_permanent_page_works_without_javascript_and_shows_the_validity_of_the_day(
    context: BrowserContext, home: str
) -> None:
    browser = context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{home}/a/A01")
    expect(page.locator("article.reply .validity")).to_be_visible()
    expect(page.locator(".qr svg")).to_be_visible()
    assert page.locator("meta[property='og:title']").get_attribute("content") == page.locator("h1").inner_text()
    expect(page.locator(".address")).to_have_text(f"{home}/a/A01")
    plain.close()


def test_a_printed_answer_is_large_and_without_controls(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.goto(f"{home}/a/A01")
    page.emulate_media(media="print")
    assert page.locator(".point p").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 20
    expect(page.locator(".onward")).to_be_hidden()
    expect(page.locator(".qr")).to_be_visible()
    expect(page.locator(".validity")).to_be_visible()
