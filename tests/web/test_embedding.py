"""Embedding: which sites may show the chat, by script and in a frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from web.assets import asset_url
from web.embedding import framed_by, parse_sites

SITE, OTHER = "https://www.yangqu.example", "https://elsewhere.example"
ALLOWED = "access-control-allow-origin"


@pytest.fixture
def client_of_one_site(serve: Callable[..., TestClient], settings: Settings) -> TestClient:
    return serve(replace(settings, embed_sites=f"{SITE}/, https://news.example"))


def test_sites_are_origins_or_all() -> None:
    assert parse_sites("*") == ("*",)
    assert parse_sites(" https://a.example/ ,http://b.example:8080") == ("https://a.example", "http://b.example:8080")
    assert parse_sites("") == ()


@pytest.mark.parametrize(
    "text", ["a.example", "ftp://a.example", "https://", "https://a.example/page", "https://a.example,*."]
)
def test_what_is_no_origin_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="BINGWEN_EMBED_SITES"):
        parse_sites(text)


def test_frames_are_allowed_to_ourselves_and_the_sites() -> None:
    assert framed_by(("*",)) == "*"
    assert framed_by((SITE,)) == f"'self' {SITE}"
    assert framed_by(()) == "'self'"


@pytest.mark.parametrize("path", ["/api/start", asset_url("chat.js")])
def test_any_site_may_load_answers_and_assets_unless_told_otherwise(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Origin": OTHER}).headers[ALLOWED] == "*"


def test_a_site_may_ask_and_learn_how_long_to_wait(client: TestClient) -> None:
    asking = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/api/chat", headers=asking).status_code == 200
    answer = client.post("/api/chat", json={"message": "你好"}, headers={"Origin": SITE})
    assert answer.status_code == 200
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_only_the_sites_of_the_setting_may_embed(client_of_one_site: TestClient) -> None:
    assert client_of_one_site.get("/api/start", headers={"Origin": SITE}).headers[ALLOWED] == SITE
    assert ALLOWED not in client_of_one_site.get("/api/start", headers={"Origin": OTHER}).headers
    policy = client_of_one_site.get("/embed").headers["content-security-policy"]
    assert f"frame-ancestors 'self' {SITE} https://news.example" in policy


@pytest.mark.parametrize("path", ["/", "/a/A01", "/healthz", "/metrics"])
def test_pages_are_read_by_no_other_site(client: TestClient, path: str) -> None:
    assert ALLOWED not in client.get(path, headers={"Origin": OTHER}).headers
