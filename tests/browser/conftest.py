"""A real Chromium, the running assistant, and sites of other origins that embed it."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from assistant.settings import ROOT
from tests.browser.resident import Resident
from tests.stack.processes import Stack

_SITES = Path(__file__).parent / "sites"
_DOCUMENTED = ROOT / "docs" / "tasks" / "embed-the-widget.md"
_MISSING = "no Chromium on this machine: install Debian's package chromium (scripts/setup dev does, as root)"


def _page(name: str, home: str) -> str | None:
    """A page of the other site; documented-script.html and documented-iframe.html hold a tag as the docs tell it."""
    file = _SITES / name
    if file.is_file():
        return file.read_text(encoding="utf-8").replace("{home}", home)
    kind = re.fullmatch(r"documented-(\w+)\.html", name)
    if kind is None:
        return None
    tag = re.findall(rf"```html\n(<{kind[1]}.*?)\n```", _DOCUMENTED.read_text(encoding="utf-8"))[0]
    return f"<!doctype html><title>网站</title><body>{tag.replace('https://bingwen.example.org', home)}</body>"


# By module: while Playwright runs, nothing else in this thread may start an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(_MISSING)
    with sync_playwright() as playwright:
        # The sandbox needs rights that containers do not give; the pages are our own.
        yield playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 360, "height": 780}, locale="zh-CN")
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def home(stack: Stack) -> str:
    return f"http://127.0.0.1:{stack.port}"


@pytest.fixture
def resident(context: BrowserContext, home: str) -> Resident:
    """Somebody who has opened the resident's page."""
    return Resident(context.new_page(), home).visits("/")


@pytest.fixture(scope="session")
def site(stack: Stack) -> Iterator[str]:
    """Another origin, whose pages embed the chat under a strict policy."""
    home = f"http://127.0.0.1:{stack.port}"
    policy = f"default-src 'none'; style-src 'self'; script-src {home}; connect-src {home}; frame-src {home}"
    types = {".html": "text/html; charset=utf-8", ".css": "text/css"}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/")
            page = _page(name, home)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", types.get(Path(name).suffix, "text/plain"))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the tests tell what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(context: BrowserContext, site: str) -> Callable[[str], Resident]:
    """Somebody who opens a page of the other site."""
    return lambda path: Resident(context.new_page(), site).visits(path, embedded=True)
