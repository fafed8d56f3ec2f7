"""The application as a whole: its OpenAPI document and its headers."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from web.assets import asset_url


@pytest.fixture
def openapi(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def test_openapi_documents_every_public_route(openapi: Any) -> None:
    routes = {(method, path) for path, methods in openapi["paths"].items() for method in methods}
    assert {
        ("post", "/api/chat"),
        ("get", "/api/search"),
        ("post", "/api/feedback"),
        ("get", "/healthz"),
        ("get", "/metrics"),
        ("get", "/a/{code}"),
    } <= routes


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/api/chat", "post", {"200", "400", "413", "422", "429", "503"}),
        ("/api/search", "get", {"200", "413", "422", "429"}),
        ("/api/feedback", "post", {"201", "400", "413", "422", "429", "503"}),
    ],
)
def test_openapi_documents_every_status(openapi: Any, path: str, method: str, statuses: set[str]) -> None:
    responses = openapi["paths"][path][method]["responses"]
    assert set(responses) == statuses
    for status in statuses - {"200", "201"}:
        schema = responses[status]["content"]["application/problem+json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Problem"}


def test_openapi_documents_the_bodies_that_are_sent(openapi: Any) -> None:
    def properties(path: str) -> set[str]:
        body = openapi["paths"][path]["post"]["requestBody"]
        return set(body["content"]["application/json"]["schema"]["properties"])

    assert properties("/api/chat") == {"message", "conversation", "region"}
    assert properties("/api/feedback") == {"code", "entry", "verdict", "reason", "note", "conversation"}


def test_every_reference_in_openapi_leads_somewhere(openapi: Any) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [node["$ref"]] if "$ref" in node else [ref for value in node.values() for ref in references(value)]
        return [ref for value in node for ref in references(value)] if isinstance(node, list) else []

    schemas = openapi["components"]["schemas"]
    named = references(openapi)
    assert "#/components/schemas/Problem" in named
    assert {reference.removeprefix("#/components/schemas/") for reference in named} <= set(schemas)


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/a/Z99", "/openapi.json", asset_url("look.css")])
def test_every_response_bears_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_crash_bears_the_security_headers_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.operations.services_of", lambda request: 1 / 0)
    response = client.get("/healthz")
    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"


def test_no_page_loads_code_from_other_hosts(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
