"""GET /api/search and POST /api/feedback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from assistant.knowledge import Entry
from assistant.service import Assistant
from assistant.settings import Settings
from tests.web.doubles import services_behind
from web.store.tables import feedback


@pytest.fixture
def entry(assistant: Assistant) -> Entry:
    return next(iter(assistant.knowledge))


# Search.


def search(client: TestClient, **parameters: Any) -> Any:
    return client.get("/api/search", params=parameters)


def test_the_search_finds_an_entry_by_its_question_without_rasa(
    serve: Callable[..., TestClient], settings: Settings, entry: Entry
) -> None:
    client = serve(replace(settings, rasa_port=1))
    response = search(client, q=entry.questions[0])
    assert response.status_code == 200
    best = response.json()["results"][0]
    assert best["entry"] == entry.id
    assert (best["title"], best["topic"], best["code"]) == (entry.title, entry.topic, entry.code)
    assert best["text"]
    assert 0 < best["score"] <= 1
    assert set(best["valid"]) == {"from", "until", "status"}


def test_results_come_best_first_and_no_more_than_asked_for(client: TestClient) -> None:
    results = search(client, q="电话", limit=5).json()["results"]
    scores = [result["score"] for result in results]
    assert len(results) == 5
    assert scores == sorted(scores, reverse=True)
    assert len(search(client, q="电话").json()["results"]) == 10


def test_the_search_stays_within_a_topic(client: TestClient, entry: Entry) -> None:
    results = search(client, q="电话", topic=entry.topic).json()["results"]
    assert {result["topic"] for result in results} == {entry.topic}


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 422),
        ({"q": ""}, 422),
        ({"q": "   "}, 422),
        ({"q": "电话", "limit": 0}, 422),
        ({"q": "电话", "limit": 51}, 422),
        ({"q": "电话", "limit": "many"}, 422),
        ({"q": "电话", "topic": "nothing"}, 422),
        ({"q": "电话", "region": "火星"}, 422),
        ({"q": "电" * 501}, 413),
    ],
)
def test_a_search_that_cannot_be_made_is_a_problem(client: TestClient, parameters: dict[str, Any], status: int) -> None:
    response = search(client, **parameters)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_searching_is_limited_and_leaves_the_chats_share_alone(
    serve: Callable[..., TestClient], settings: Settings
) -> None:
    client = serve(replace(settings, rate_limit=2))
    assert [search(client, q="电话").status_code for _ in range(3)] == [200, 200, 429]
    assert client.post("/api/chat", json={"message": "你好"}).status_code == 200


# Feedback.


def stored(client: TestClient) -> list[Any]:
    with services_behind(client).store.engine.connect() as connection:
        return list(connection.execute(select(feedback)))


def test_a_verdict_gets_a_ticket_and_is_stored(client: TestClient, entry: Entry) -> None:
    response = client.post("/api/feedback", json={"code": entry.code.lower(), "verdict": "helpful"})
    assert response.status_code == 201
    (row,) = stored(client)
    assert response.json() == {"ticket": row.ticket}
    assert (row.kind, row.verdict, row.entry, row.code) == ("verdict", "helpful", entry.id, entry.code)
    assert row.conversation is None


def test_a_correction_is_stored_masked_with_reason_and_conversation(client: TestClient, entry: Entry) -> None:
    token = client.post("/api/chat", json={"message": "你好"}).json()["conversation"]
    body = {
        "entry": entry.id,
        "verdict": "unhelpful",
        "reason": "信息过时",
        "note": "电话换成13800138000了",
        "conversation": token,
    }
    assert client.post("/api/feedback", json=body).status_code == 201
    (row,) = stored(client)
    assert (row.kind, row.reason, row.note) == ("correction", "信息过时", "电话换成[手机号]了")
    assert row.conversation == services_behind(client).tokens.read(token).id


def test_tickets_differ(client: TestClient, entry: Entry) -> None:
    bodies = [client.post("/api/feedback", json={"entry": entry.id, "verdict": "helpful"}).json() for _ in range(20)]
    assert len({body["ticket"] for body in bodies}) == 20


def test_a_bad_token_does_not_keep_feedback_out(client: TestClient, entry: Entry) -> None:
    body = {"entry": entry.id, "verdict": "helpful", "conversation": "rubbish"}
    assert client.post("/api/feedback", json=body).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"verdict": "helpful"}, 422),
        ({"verdict": "helpful", "code": "Z99"}, 422),
        ({"verdict": "helpful", "entry": "nothing"}, 422),
        ({"verdict": "so-so"}, 422),
        ({"verdict": "unhelpful", "reason": "别的"}, 422),
        ({"verdict": "unhelpful", "note": 5}, 422),
        ({"verdict": "unhelpful", "note": "问" * 501}, 413),
    ],
)
def test_feedback_that_says_nothing_usable_is_a_problem(
    client: TestClient, entry: Entry, body: dict[str, Any], status: int
) -> None:
    named = body if body == {"verdict": "helpful"} or "code" in body else {"entry": entry.id, **body}
    response = client.post("/api/feedback", json=named)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert stored(client) == []


def test_code_and_entry_of_two_answers_are_refused(client: TestClient, assistant: Assistant) -> None:
    one, two, *_ = assistant.knowledge
    body = {"code": one.code, "entry": two.id, "verdict": "helpful"}
    assert client.post("/api/feedback", json=body).status_code == 422


def test_no_ticket_is_given_for_what_could_not_be_kept(
    serve: Callable[..., TestClient], settings: Settings, entry: Entry
) -> None:
    client = serve(replace(settings, store_url="sqlite:////proc/nowhere/store.db"))
    response = client.post("/api/feedback", json={"entry": entry.id, "verdict": "helpful"})
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"


def test_feedback_is_limited(serve: Callable[..., TestClient], settings: Settings, entry: Entry) -> None:
    client = serve(replace(settings, rate_limit=1))
    body = {"entry": entry.id, "verdict": "helpful"}
    assert [client.post("/api/feedback", json=body).status_code for _ in range(2)] == [201, 429]
