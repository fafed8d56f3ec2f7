"""Assets: what browsers load, kept for as long as it is the same."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.testclient import TestClient

from web.assets import FOLDER, asset_url, version

#: What a site pays for the chat at most (kilobytes, compressed): scripts and styles.
_MOST = 30


def test_an_asset_of_the_present_version_is_kept_for_a_year(client: TestClient) -> None:
    response = client.get(asset_url("chat.js"))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/javascript")
    assert "immutable" in response.headers["cache-control"]


def test_an_asset_of_another_version_is_given_but_not_kept(client: TestClient) -> None:
    response = client.get("/assets/0123456789ab/chat.js")
    assert response.content == client.get(asset_url("chat.js")).content
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fassets.py", "%2e%2e", "widget.js"])
def test_what_is_no_asset_is_a_problem_and_not_kept(client: TestClient, name: str) -> None:
    response = client.get(f"/assets/{version()}/{name}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"


def test_the_widget_is_one_script_that_names_the_version_of_the_rest(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert f"/assets/{version()}/" in response.text
    assert "__VERSION__" not in response.text


def test_every_script_that_is_loaded_by_another_is_there() -> None:
    for path in FOLDER.glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', path.read_text(encoding="utf-8")):
            assert (FOLDER / name).is_file(), f"{path.name} loads {name}"


def test_everything_that_the_chat_loads_is_small() -> None:
    loaded = [path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".js", ".css")]
    assert sum(len(gzip.compress(content)) for content in loaded) <= _MOST * 1024
