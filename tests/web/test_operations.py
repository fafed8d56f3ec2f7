"""GET /healthz and GET /metrics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from tests.web.doubles import RasaDouble

# Health.


def test_all_parts_up_is_ok_with_model_and_knowledge(client: TestClient, assistant: Assistant) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "parts": {"rasa": "up", "actions": "up", "store": "up"},
        "model": "model-1",
        "knowledge": assistant.knowledge.digest,
    }


def test_a_rasa_without_model_is_degraded_although_everything_is_up(client: TestClient, rasa: RasaDouble) -> None:
    rasa.probe = []
    body = client.get("/healthz").json()
    assert body["status"] == "degraded"
    assert body["parts"] == {"rasa": "up", "actions": "up", "store": "up"}
    assert body["model"] is None


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_a_part_that_is_down_is_named(client: TestClient, rasa: RasaDouble, part: str) -> None:
    setattr(rasa, f"{part}_up", False)
    response = client.get("/healthz")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "degraded"
    assert [name for name, state in body["parts"].items() if state == "down"] == [part]
    assert body["model"] is None


def test_nothing_reachable_is_still_an_answer(serve: Callable[..., TestClient], settings: Settings) -> None:
    response = serve(replace(settings, rasa_port=1, actions_port=1)).get("/healthz")
    assert response.status_code == 200
    assert response.json()["parts"] == {"rasa": "down", "actions": "down", "store": "up"}


def test_many_questions_about_health_are_one_probe(client: TestClient, rasa: RasaDouble) -> None:
    for _ in range(10):
        client.get("/healthz")
    probes = [body for body in rasa.asked if body["message"] == "/probe"]
    assert len(probes) == 1
    assert probes[0]["sender"].startswith("health-probe")


def test_the_state_is_asked_again_after_two_seconds(
    client: TestClient, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    rasa.rasa_up = False
    assert client.get("/healthz").json()["status"] == "ok"
    monkeypatch.setattr("web.health.BELIEVED", 0.0)
    assert client.get("/healthz").json()["status"] == "degraded"
    rasa.rasa_up = True
    assert client.get("/healthz").json() == client.get("/healthz").json()
    assert client.get("/healthz").json()["status"] == "ok"


# Metrics.


def test_metrics_count_messages_maskings_limits_and_feedback(
    serve: Callable[..., TestClient], settings: Settings, rasa: RasaDouble, assistant: Assistant
) -> None:
    client = serve(replace(settings, rate_limit=2))
    client.post("/api/chat", json={"message": "电话13800138000"})
    rasa.script = lambda body: []
    client.post("/api/chat", json={"message": "你好"})
    client.post("/api/chat", json={"message": "你好"})
    entry = next(iter(assistant.knowledge))
    client.post("/api/feedback", json={"entry": entry.id, "verdict": "unhelpful"})
    text = client.get("/metrics").text
    assert 'bingwen_messages_total{degraded="false",kind="answer"} 1.0' in text
    assert 'degraded="true"' in text
    assert "bingwen_message_seconds_count 2.0" in text
    assert 'bingwen_masked_total{sort="mobile"} 1.0' in text
    assert 'bingwen_rate_limited_total{purpose="chat"} 1.0' in text
    assert 'bingwen_feedback_total{verdict="unhelpful"} 1.0' in text
    assert "bingwen_store_failures_total 0.0" in text
    assert "bingwen_store_lost_rows_total 0.0" in text


def test_metrics_tell_of_a_store_that_is_down(serve: Callable[..., TestClient], settings: Settings) -> None:
    client = serve(replace(settings, store_url="sqlite:////proc/nowhere/store.db"))
    assert "bingwen_store_failures_total 1.0" in client.get("/metrics").text


def refused(response: Any) -> bool:
    return bool(response.status_code == 403) and response.headers["content-type"] == "application/problem+json"


def test_metrics_are_open_to_this_machine_alone(serve: Callable[..., TestClient], settings: Settings) -> None:
    assert serve(settings, peer="127.0.0.1").get("/metrics").status_code == 200
    assert serve(settings, peer="::1").get("/metrics").status_code == 200
    assert refused(serve(settings, peer="10.0.0.5").get("/metrics"))


def test_a_proxy_on_this_machine_does_not_open_the_metrics(client: TestClient) -> None:
    assert refused(client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}))


def test_the_token_opens_the_metrics_to_others(serve: Callable[..., TestClient], settings: Settings) -> None:
    client = serve(replace(settings, metrics_token="open-sesame"), peer="10.0.0.5")
    assert client.get("/metrics", headers={"Authorization": "Bearer open-sesame"}).status_code == 200
    assert refused(client.get("/metrics", headers={"Authorization": "Bearer wrong"}))
    assert refused(client.get("/metrics"))


def test_an_empty_token_opens_nothing(serve: Callable[..., TestClient], settings: Settings) -> None:
    assert refused(serve(settings, peer="10.0.0.5").get("/metrics", headers={"Authorization": "Bearer "}))
