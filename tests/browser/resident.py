"""Resident: what somebody does with the chat, and sees of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Route, expect

#: Enter as an input method sends it while it offers words.
_COMPOSING = (
    "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true})"
)


class Resident:
    """Somebody with a browser. `errors` are what the page complained of, `requests` what it asked for."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def visits(self, path: str, embedded: bool = False) -> Resident:
        self.page.goto(self.home + path)
        expect(self.launcher if embedded else self.box).to_be_visible()
        return self

    # ---- What is there ----

    @property
    def host(self) -> Locator:
        return self.page.locator("bingwen-chat")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("bingwen-chat .launcher")

    @property
    def app(self) -> Locator:
        return self.page.locator("bingwen-chat .app:not(body)")

    @property
    def box(self) -> Locator:
        return self.app.locator(".composer textarea")

    @property
    def cards(self) -> Locator:
        return self.app.locator("article.reply")

    @property
    def announced(self) -> str:
        return self.app.locator("[role=status]").inner_text()

    def button(self, name: str) -> Locator:
        return self.app.get_by_role("button", name=name, exact=True)

    def messages(self) -> list[str]:
        return [text.removeprefix("您问：").strip("\n") for text in self.app.locator(".message").all_inner_texts()]

    # ---- What is done ----

    def opens(self) -> Resident:
        self.launcher.click()
        expect(self.box).to_be_visible()
        return self

    def sends(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def asks(self, text: str) -> Locator:
        """Send a question and wait for the card of its answer."""
        before = self.app.locator(".exchange").count()
        self.sends(text)
        card = self.app.locator(".exchange").nth(before).locator("article.reply").first
        expect(card).to_be_visible()
        return card

    def enters_while_composing(self) -> None:
        self.box.evaluate(f"box => box.dispatchEvent(new KeyboardEvent('keydown', {_COMPOSING}))")

    def meets(self, answer: Any) -> None:
        """Have the server answer questions with `answer`: a function of the route."""
        self.page.route("**/api/chat", answer)

    def meets_status(self, status: int, headers: dict[str, str] | None = None) -> None:
        def fulfil(route: Route) -> None:
            allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
            route.fulfill(status=status, body="{}", headers={**allowed, **(headers or {})})

        self.meets(fulfil)

    def meets_the_server_again(self) -> None:
        self.page.unroute("**/api/chat")
