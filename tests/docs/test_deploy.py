"""The files in deploy/ start what the launcher starts, and let in no more than the web process expects."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from assistant.settings import ROOT, Settings
from launcher import supervision
from launcher.environment import child_environment
from tests.docs import pages
from web.inputs import MOST_BYTES

UNITS = {path.stem.removeprefix("bingwen-"): path for path in (ROOT / "deploy" / "systemd").glob("*.service")}
EVERY_UNIT = pytest.mark.parametrize("name", sorted(UNITS))
NGINX = pages.read("deploy/nginx/bingwen.conf")
#: Without these a unit could do more than it needs.
HARDENING = (
    "NoNewPrivileges=true",
    "ProtectSystem=strict",
    "ProtectHome=true",
    "PrivateTmp=true",
    "PrivateDevices=true",
    "CapabilityBoundingSet=",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
    "SystemCallFilter=@system-service",
    "IPAddressDeny=any",
    "IPAddressAllow=localhost",
    "UMask=0077",
)


def _values(name: str, key: str) -> list[str]:
    lines = UNITS[name].read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"{key}=") for line in lines if line.startswith(f"{key}=")]


def test_there_is_a_unit_for_every_process() -> None:
    assert set(UNITS) == set(supervision.commands(Settings(), Path("model.tar.gz")))


@EVERY_UNIT
def test_a_unit_starts_its_process_as_the_launcher_does(name: str) -> None:
    command = supervision.commands(Settings(), Path("model.tar.gz"))[name]
    # The interpreter, the model and the endpoints lie elsewhere for a service.
    same = [word for word in command[1:] if not word.endswith((".tar.gz", "endpoints.yml"))]
    (start,) = _values(name, "ExecStart")
    words = start.replace("'", " ").split()
    positions = [words.index(word) for word in same]
    assert positions == sorted(positions)


@EVERY_UNIT
def test_a_unit_s_process_gets_the_fixed_variables(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    given = dict(word.split("=", 1) for line in _values(name, "Environment") for word in shlex.split(line))
    assert given == child_environment()


@EVERY_UNIT
def test_a_unit_runs_without_rights_it_does_not_need_and_comes_back(name: str) -> None:
    lines = UNITS[name].read_text(encoding="utf-8").splitlines()
    assert [option for option in (*HARDENING, "User=bingwen", "Restart=always") if option not in lines] == []


def test_rasa_gets_exactly_the_model_of_the_files_as_they_are() -> None:
    (start,) = _values("rasa", "ExecStart")
    assert "from launcher.model import current" in start
    assert _values("rasa", "ExecStartPre") == ["/opt/bingwen/.venv/bin/python -m launcher train"]


def test_nginx_says_who_asks_and_does_not_believe_the_client() -> None:
    assert re.findall(r"proxy_set_header X-Forwarded-For (\S+);", NGINX) == ["$remote_addr"]
    (port,) = re.findall(r"server 127\.0\.0\.1:(\d+);", NGINX)
    assert int(port) == Settings().port


def test_nginx_leaves_room_for_what_the_web_process_allows() -> None:
    (kibibytes,) = re.findall(r"client_max_body_size (\d+)k;", NGINX)
    (seconds,) = re.findall(r"proxy_read_timeout (\d+)s;", NGINX)
    assert int(kibibytes) * 1024 > MOST_BYTES
    assert int(seconds) > Settings().rasa_timeout


def test_nginx_logs_neither_questions_nor_addresses() -> None:
    (shown,) = re.findall(r"log_format bingwen '(.+)';", NGINX)
    logged = re.findall(r"\$\w+", shown)
    assert not {"$request", "$request_uri", "$args", "$query_string", "$http_referer", "$remote_addr"} & set(logged)
    assert re.findall(r"error_log \S+ (\w+);", NGINX) == ["crit"]


def test_nginx_braces_and_statements_are_closed() -> None:
    lines = [line.strip() for line in NGINX.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert NGINX.count("{") == NGINX.count("}")
    assert [line for line in lines if not line.endswith((";", "{", "}"))] == []


def test_the_pages_that_the_files_point_to_exist() -> None:
    files = [*UNITS.values(), ROOT / "deploy" / "nginx" / "bingwen.conf"]
    named = {page for file in files for page in re.findall(r"docs/[\w/-]+\.md", file.read_text(encoding="utf-8"))}
    assert {page for page in named if not (ROOT / page).exists()} == set()
