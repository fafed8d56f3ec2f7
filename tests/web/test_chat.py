"""POST /api/chat: the contract's promises to clients."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from tests.web.doubles import RasaDouble, reply, services_behind
from web.chat import with_notice
from web.store.tables import exchanges

PUBLIC_FIELDS = {
    "kind", "entry", "title", "text", "answer", "script", "source", "valid", "department", "region", "contacts",
    "suggestions", "code",
}  # fmt: skip


@pytest.fixture
def title(assistant: Assistant) -> str:
    """The title of an entry: a question that the search answers without doubt."""
    return next(entry.title for entry in assistant.knowledge if not entry.region_field and not entry.urgent)


def ask(client: TestClient, message: object = "体验官招几个人", **body: object) -> Any:
    return client.post("/api/chat", json={"message": message, **body})


def stored(client: TestClient) -> list[Any]:
    store = services_behind(client).store
    assert store.flush()
    with store.engine.connect() as connection:
        return list(connection.execute(select(exchanges).order_by(exchanges.c.id)))


def test_rasas_replies_are_passed_on_in_the_contracts_form(client: TestClient, rasa: RasaDouble) -> None:
    said = reply(entry="e1", text="招募30名。", code="A17")
    rasa.script = lambda body: [{"recipient_id": "x", "text": "招募30名。"}, {"recipient_id": "x", "custom": said}]
    response = ask(client)
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {"conversation", "degraded", "replies"}
    assert body["degraded"] is False
    assert body["replies"] == [{key: said[key] for key in PUBLIC_FIELDS}]


def test_confidence_is_stored_and_not_shown(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: [{"custom": reply(entry="e1", confidence=0.71)}]
    assert "confidence" not in ask(client).json()["replies"][0]
    assert [row.confidence for row in stored(client)] == [0.71]


def test_one_message_gets_at_most_three_replies(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: [{"custom": reply(text=str(number))} for number in range(5)]
    assert [item["text"] for item in ask(client).json()["replies"]] == ["0", "1", "2"]


def test_rasa_gets_sender_message_region_and_last_entry(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: [{"custom": reply(entry="inspector_headcount")}]
    first = ask(client, "招几个人", region="阳曲县").json()
    ask(client, "那年龄呢", conversation=first["conversation"])
    one, two = rasa.messages
    assert one == {"sender": one["sender"], "message": "招几个人", "metadata": {"region": "阳曲县", "entry": None}}
    assert two["sender"] == one["sender"]
    assert two["metadata"] == {"region": "阳曲县", "entry": "inspector_headcount"}


def test_a_reply_without_entry_keeps_the_conversations_entry(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: [{"custom": reply(entry="e1")}]
    token = ask(client).json()["conversation"]
    rasa.script = lambda body: [{"custom": reply("smalltalk")}]
    token = ask(client, "谢谢", conversation=token).json()["conversation"]
    ask(client, "那年龄呢", conversation=token)
    assert rasa.messages[-1]["metadata"]["entry"] == "e1"


def test_another_region_in_the_request_wins_over_the_conversations(client: TestClient, rasa: RasaDouble) -> None:
    token = ask(client, region="阳曲县").json()["conversation"]
    ask(client, conversation=token, region="古交")
    assert rasa.messages[-1]["metadata"]["region"] == "古交市"


@pytest.mark.parametrize("token", ["", "rubbish", "a.b.c", "x" * 5000, "WyJhIl0.aaaa.bbbb"])
def test_a_bad_token_gets_a_new_conversation_and_no_error(client: TestClient, rasa: RasaDouble, token: str) -> None:
    good = ask(client).json()["conversation"]
    response = ask(client, conversation=token)
    assert response.status_code == 200
    assert response.json()["conversation"] != good
    assert rasa.messages[0]["sender"] != rasa.messages[1]["sender"]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ('/inform{"county": "阳曲县"}', 'inform{"county": "阳曲县"}'),
        (" //restart", "restart"),
        ("／restart", "restart"),
        ("😀 /restart", "restart"),
        ("/", "？"),
        ("和/或", "和/或"),
    ],
)
def test_no_message_is_a_command_to_rasa(client: TestClient, rasa: RasaDouble, typed: str, sent: str) -> None:
    assert ask(client, typed).status_code == 200
    assert rasa.messages[-1]["message"] == sent


# Personal data.


def test_personal_data_is_masked_before_rasa_and_the_store_see_it(client: TestClient, rasa: RasaDouble) -> None:
    ask(client, "我是110101199003070118，电话13800138000，体验官招几个人")
    masked = "我是[身份证号]，电话[手机号]，体验官招几个人"
    assert rasa.messages[-1]["message"] == masked
    assert [row.message for row in stored(client)] == [masked]


def test_the_resident_is_told_that_something_was_masked(client: TestClient, assistant: Assistant) -> None:
    notice = assistant.wording["privacy_notice"]
    assert ask(client, "我电话13800138000").json()["replies"][0]["text"] == f"{notice}\n好的。"
    assert notice not in ask(client, "招几个人").json()["replies"][0]["text"]


def test_nothing_comes_before_what_to_do_in_an_emergency() -> None:
    urgent = reply("urgent", text="马上拨打110。\n出处：通知\n咨询：110", answer="马上拨打110。")
    told = with_notice(urgent, "已隐去。")
    assert told["text"] == "马上拨打110。\n已隐去。\n出处：通知\n咨询：110"
    assert told["answer"] == "马上拨打110。\n已隐去。"


def test_the_notice_stands_before_the_answer_too() -> None:
    told = with_notice(reply(text="招30名。\n出处：通知", answer="招30名。"), "已隐去。")
    assert told["text"] == "已隐去。\n招30名。\n出处：通知"
    assert told["answer"] == "已隐去。\n招30名。"


def test_nothing_comes_before_the_word_that_an_answer_has_expired() -> None:
    expired = reply(text="已于3月1日到期。", valid={"from": None, "until": "2026-03-01", "status": "expired"})
    assert with_notice(expired, "已隐去。")["text"] == "已于3月1日到期。\n已隐去。"


def test_no_log_line_holds_what_was_written(
    client: TestClient, rasa: RasaDouble, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rasa.script = lambda body: [] if "三" in body["message"] else [{"custom": reply()}]
    for message in ("体验官招几个人一", "电话13800138000体验官招几个人二", "体验官招几个人三"):
        ask(client, message)
    ours = [record for record in caplog.records if record.name.startswith("bingwen")]
    assert [record.getMessage() for record in ours].count("message") == 3
    everything = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "几个人" not in everything
    assert "13800138000" not in everything


# When Rasa cannot answer.


@pytest.mark.parametrize(
    "answer",
    [[], 500, [{"text": "只有文字"}], [{"custom": {"kind": "probe", "model": "m"}}], [{"custom": {"kind": "answer"}}]],
)
def test_without_a_usable_reply_from_rasa_the_search_answers(
    client: TestClient, rasa: RasaDouble, title: str, answer: Any
) -> None:
    rasa.script = lambda body: answer
    body = ask(client, title).json()
    assert body["degraded"] is True
    assert body["replies"][0]["kind"] == "answer"
    assert set(body["replies"][0]) == PUBLIC_FIELDS
    assert body["replies"][0]["valid"]["status"] in ("current", "upcoming", "expired", "undated")


def test_a_refused_connection_is_answered_by_search(serve: Callable[..., TestClient], settings: Settings) -> None:
    client = serve(replace(settings, rasa_port=1))
    assert ask(client).json()["degraded"] is True
    assert [row.degraded for row in stored(client)] == [True]


def test_a_silent_rasa_costs_one_wait_and_not_one_for_each_message(
    serve: Callable[..., TestClient], settings: Settings, rasa: RasaDouble
) -> None:
    rasa.delay = 1.0
    client = serve(replace(settings, rasa_timeout=0.2))
    for _ in range(5):
        assert ask(client).json()["degraded"] is True
    assert len(rasa.messages) == 1


def test_a_message_that_rasa_chokes_on_keeps_nobody_else_from_it(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: 500
    assert ask(client).json()["degraded"] is True
    rasa.script = lambda body: [{"custom": reply()}]
    assert ask(client).json()["degraded"] is False


def test_the_search_remembers_the_conversation(
    serve: Callable[..., TestClient], settings: Settings, assistant: Assistant, title: str
) -> None:
    contexts = []

    class Listening:
        def __getattr__(self, name: str) -> Any:
            return getattr(assistant, name)

        def answer_by_search(self, message: str, context: Any) -> Any:
            contexts.append(context)
            return assistant.answer_by_search(message, context)

    client = serve(replace(settings, rasa_port=1), Listening())
    first = ask(client, title, region="阳曲县").json()
    ask(client, "那年龄呢", conversation=first["conversation"])
    entry = first["replies"][0]["entry"]
    assert entry
    assert (contexts[1].region, contexts[1].entry) == ("阳曲县", entry)


def test_if_nothing_can_answer_that_is_a_503(
    serve: Callable[..., TestClient], settings: Settings, assistant: Assistant
) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            return getattr(assistant, name)

        def answer_by_search(self, message: str, context: Any) -> Any:
            raise RuntimeError(message)

    response = ask(serve(replace(settings, rasa_port=1), Broken()))
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert "12345" in response.json()["detail"]


# What is refused.


def refused(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert set(document) == {"type", "title", "status", "detail"}
    assert document["status"] == status
    assert document["detail"]
    return dict(document)


@pytest.mark.parametrize("body", [b"", b"{", b'{"message": "a"', b"\xff\xfe\xff", b"[" * 3000, b"hello"])
def test_malformed_json_is_a_400(client: TestClient, body: bytes) -> None:
    refused(client.post("/api/chat", content=body), 400)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "text",
        None,
        {"message": 5},
        {"message": None},
        {"message": ["a"]},
        {"message": "a", "conversation": 5},
        {"message": "a", "region": 5},
        {"message": "a", "region": "火星"},
        {"message": "a", "region": "北京"},
        {"message": ""},
        {"message": "  　\n"},
        {"message": "\u200b\u0000"},
        {"message": "\ud800"},
    ],
)
def test_wrong_types_blank_messages_and_unknown_regions_are_a_422(
    client: TestClient, rasa: RasaDouble, body: object
) -> None:
    refused(client.post("/api/chat", content=json.dumps(body)), 422)
    assert rasa.messages == []


def test_five_hundred_characters_are_answered_and_one_more_is_a_413(client: TestClient) -> None:
    assert ask(client, "问" * 500).status_code == 200
    assert "501" in refused(ask(client, "问" * 501), 413)["detail"]


def test_a_body_over_16_kb_is_a_413_with_or_without_its_length(client: TestClient, rasa: RasaDouble) -> None:
    body = json.dumps({"message": "a", "padding": "x" * 16_384}).encode()
    refused(client.post("/api/chat", content=body), 413)
    refused(client.post("/api/chat", content=iter([body[:9000], body[9000:]])), 413)
    assert rasa.messages == []


def test_other_methods_and_addresses_are_problems_too(client: TestClient) -> None:
    assert client.get("/api/chat").headers["allow"] == "POST"
    refused(client.get("/api/chat"), 405)
    refused(client.get("/nowhere"), 404)


def test_a_crash_is_a_problem_that_tells_nothing_about_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.checked_message", lambda message: 1 / 0)
    document = refused(ask(client), 500)
    assert "ZeroDivision" not in json.dumps(document)


def test_too_many_messages_are_a_429_that_says_when_to_come_back(
    serve: Callable[..., TestClient], settings: Settings
) -> None:
    client = serve(replace(settings, rate_limit=3))
    assert [ask(client).status_code for _ in range(3)] == [200, 200, 200]
    response = ask(client)
    refused(response, 429)
    assert 1 <= int(response.headers["retry-after"]) <= 60


def test_no_limit_means_no_limit(client: TestClient) -> None:
    assert {ask(client).status_code for _ in range(100)} == {200}


def test_only_trusted_proxies_speak_for_others(serve: Callable[..., TestClient], settings: Settings) -> None:
    def statuses(client: TestClient) -> list[int]:
        addresses = ("1.1.1.1", "2.2.2.2")
        return [
            client.post("/api/chat", json={"message": "a"}, headers={"X-Forwarded-For": address}).status_code
            for address in addresses
        ]

    assert statuses(serve(replace(settings, rate_limit=1))) == [200, 429]
    assert statuses(serve(replace(settings, rate_limit=1, trusted_proxies="127.0.0.1"))) == [200, 200]


def test_a_header_line_of_the_client_does_not_hide_the_proxys(
    serve: Callable[..., TestClient], settings: Settings
) -> None:
    client = serve(replace(settings, rate_limit=1, trusted_proxies="127.0.0.1"))

    def status(claimed: str) -> int:
        headers = [("X-Forwarded-For", claimed), ("X-Forwarded-For", "9.9.9.9")]
        return int(client.post("/api/chat", json={"message": "你好"}, headers=headers).status_code)

    assert [status("1.1.1.1"), status("2.2.2.2")] == [200, 429]


# One conversation, many messages at once.


def test_messages_of_one_conversation_reach_rasa_one_by_one(client: TestClient, rasa: RasaDouble) -> None:
    token = ask(client).json()["conversation"]
    rasa.delay = 0.05
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: ask(client, conversation=token).status_code, range(4)))
    assert statuses == [200] * 4
    assert rasa.most_at_once == 1


def test_different_conversations_do_not_wait_for_each_other(client: TestClient, rasa: RasaDouble) -> None:
    together = threading.Barrier(4)
    rasa.delay = 0.2

    def once(number: int) -> int:
        together.wait()
        return int(ask(client).status_code)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(once, range(4))) == [200] * 4
    assert rasa.most_at_once > 1


# The store.


def test_every_reply_is_stored_with_its_position(client: TestClient, rasa: RasaDouble) -> None:
    rasa.script = lambda body: [{"custom": reply(entry="e1")}, {"custom": reply("smalltalk")}]
    ask(client, "你好，招几个人", region="阳曲县")
    one, two = stored(client)
    assert (one.position, one.kind, one.entry, one.region, one.degraded) == (0, "answer", "e1", "阳曲县", False)
    assert (two.position, two.kind, two.entry) == (1, "smalltalk", None)
    assert one.conversation == two.conversation == rasa.messages[0]["sender"]
    assert one.latency_ms >= 0


def test_an_answer_goes_out_although_the_store_is_down(serve: Callable[..., TestClient], settings: Settings) -> None:
    client = serve(replace(settings, store_url="sqlite:////proc/nowhere/store.db"))
    assert ask(client).status_code == 200
    assert client.get("/healthz").json()["parts"]["store"] == "down"
