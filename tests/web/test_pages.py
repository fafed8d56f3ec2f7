"""The pages: a browser without JavaScript gets everything that matters."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from tests.web.doubles import RasaDouble, reply


def text_of(response: Any) -> str:
    assert response.headers["content-type"].startswith("text/html")
    return html.unescape(response.text)


def token_in(response: Any) -> str:
    match = re.search(r'name="conversation" value="([^"]*)"', response.text)
    assert match
    return match[1]


def selected_region(response: Any) -> str | None:
    match = re.search(r'value="([^"]+)" selected', text_of(response))
    return match[1] if match else None


# The resident's page.


def test_the_page_offers_regions_and_a_question_of_each_topic(client: TestClient, assistant: Assistant) -> None:
    page = text_of(client.get("/"))
    for name in assistant.knowledge.regions.names:
        assert name in page
    for topic in assistant.knowledge.topics:
        assert topic.entries[0].title in page


def test_the_form_answers_with_a_page(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: [{"custom": reply("smalltalk", text="您好，我是并问。")}]
    response = client.post("/", data={"message": "你好<b>", "conversation": "", "region": "阳曲县"})
    assert response.status_code == 200
    assert "您好，我是并问。" in response.text
    assert "你好&lt;b&gt;" in response.text
    assert selected_region(response) == "阳曲县"
    assert rasa.messages[-1]["metadata"]["region"] == "阳曲县"


def test_the_form_carries_the_conversation_on(client: TestClient, rasa: RasaDouble) -> None:
    first = client.post("/", data={"message": "你好", "conversation": "", "region": ""})
    client.post("/", data={"message": "招几个人", "conversation": token_in(first), "region": ""})
    assert rasa.messages[0]["sender"] == rasa.messages[1]["sender"]


def test_the_forms_whole_city_ends_the_county_of_before(client: TestClient, rasa: RasaDouble) -> None:
    first = client.post("/", data={"message": "你好", "region": "阳曲县"})
    client.post("/", data={"message": "你好", "conversation": token_in(first), "region": ""})
    assert rasa.messages[-1]["metadata"]["region"] is None


def test_the_form_masks_personal_data(client: TestClient, rasa: RasaDouble) -> None:
    response = client.post("/", data={"message": "我电话13800138000"})
    assert "13800138000" not in response.text
    assert "我电话[手机号]" in response.text
    assert rasa.messages[-1]["message"] == "我电话[手机号]"


@pytest.mark.parametrize(
    ("message", "status", "told"),
    [("问" * 501, 413, "501"), ("   ", 422, "不能为空")],
)
def test_the_forms_errors_are_shown_and_the_draft_is_kept(
    client: TestClient, message: str, status: int, told: str
) -> None:
    token = token_in(client.post("/", data={"message": "你好"}))
    response = client.post("/", data={"message": message, "conversation": token, "region": "阳曲县"})
    assert response.status_code == status
    assert told in text_of(response)
    assert message in text_of(response)
    assert token_in(response) == token
    assert selected_region(response) == "阳曲县"


def test_the_form_refuses_an_unknown_region(client: TestClient) -> None:
    response = client.post("/", data={"message": "你好", "region": "火星"})
    assert response.status_code == 422
    assert "没有这个地区" in text_of(response)


def test_the_form_is_limited_together_with_the_chat(serve: Callable[..., TestClient], settings: Settings) -> None:
    client = serve(replace(settings, rate_limit=1))
    assert client.post("/api/chat", json={"message": "你好"}).status_code == 200
    response = client.post("/", data={"message": "我想问的事"})
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) > 0
    assert "我想问的事" in text_of(response)


def test_a_form_of_more_than_16_kb_is_refused_on_the_page(client: TestClient) -> None:
    response = client.post("/", data={"message": "你好", "padding": "x" * 20_000})
    assert response.status_code == 413
    assert "字节" in text_of(response)


def test_a_file_in_place_of_the_message_is_no_message(client: TestClient) -> None:
    assert client.post("/", files={"message": ("a.txt", b"hello")}).status_code == 422


def test_the_page_says_when_only_the_search_answers(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: []
    assert "部分服务暂时停用" in text_of(client.post("/", data={"message": "体验官招几个人"}))


def test_the_page_runs_nothing_inline(client: TestClient) -> None:
    page = client.get("/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)
    assert "style=" not in page


def test_other_sites_may_frame_the_embedded_page_and_no_other(client: TestClient) -> None:
    assert "frame-ancestors *" in client.get("/embed").headers["content-security-policy"]
    asked = client.post("/embed", data={"message": "你好"})
    assert asked.status_code == 200
    assert "frame-ancestors *" in asked.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/embed", "/a/{code}"])
def test_a_head_request_tells_that_a_page_is_there(client: TestClient, assistant: Assistant, path: str) -> None:
    code = next(iter(assistant.knowledge)).code
    assert client.head(path.format(code=code)).status_code == 200


# The permanent page of an answer.


def test_every_answer_has_a_permanent_page(client: TestClient, assistant: Assistant) -> None:
    for entry in assistant.knowledge:
        response = client.get(f"/a/{entry.code}")
        assert response.status_code == 200
        page = text_of(response)
        assert entry.title in page
        assert entry.source.headline in page
        for related in entry.related:
            other = assistant.knowledge.get(related)
            assert other
            assert f"/a/{other.code}" in page


def test_a_code_may_be_written_in_either_case(client: TestClient, assistant: Assistant) -> None:
    entry = next(iter(assistant.knowledge))
    assert entry.title in text_of(client.get(f"/a/{entry.code.lower()}"))


@pytest.mark.parametrize("code", ["Z99", "nothing", "A", "<script>", "é"])
def test_an_unknown_code_is_a_page_that_says_so(client: TestClient, code: str) -> None:
    response = client.get(f"/a/{code}")
    assert response.status_code == 404
    assert "没有这个编号" in text_of(response)


def test_pages_are_not_cached(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
