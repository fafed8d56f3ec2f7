"""Servers: starting and stopping the two sides."""

from __future__ import annotations

import http.client
import sys
from pathlib import Path

import pytest

from assistant.settings import ROOT, Settings
from benchmarks import servers
from benchmarks.load import RasaConversation, ask
from tests.benchmarks.test_stock import stock_in

DOUBLE = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m tests.benchmarks.doubles "$@"'


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(servers, "FOLDER", tmp_path / "logs")
    return tmp_path / "logs"


def ask_once(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        ask(connection, RasaConversation(), "问题")
    finally:
        connection.close()


def test_ports_are_free_and_different() -> None:
    ports = servers.free_ports(3)
    assert len(set(ports)) == 3
    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            ask_once(port)


def test_stock_rasa_answers_within_the_block_and_is_gone_after_it(tmp_path: Path) -> None:
    stock = stock_in(tmp_path, python=DOUBLE)
    stock.project.mkdir()
    with servers.stock_rasa(stock, "问题") as port:
        ask_once(port)
    with pytest.raises(ConnectionRefusedError):
        ask_once(port)


def test_a_failure_within_the_block_leaves_nothing_running(tmp_path: Path) -> None:
    stock = stock_in(tmp_path, python=DOUBLE)
    stock.project.mkdir()
    with pytest.raises(ZeroDivisionError), servers.stock_rasa(stock, "问题") as port:
        raise ZeroDivisionError
    with pytest.raises(ConnectionRefusedError):
        ask_once(port)


def test_a_side_that_ends_before_it_is_ready_names_its_log(tmp_path: Path, logs: Path) -> None:
    stock = stock_in(tmp_path, python="echo broken; exit 1")
    stock.project.mkdir()
    with (
        pytest.raises(servers.ServerError, match=r"stock did not start: see .*stock\.log"),
        servers.stock_rasa(stock, "问"),
    ):
        pass
    assert "broken" in (logs / "stock.log").read_text(encoding="utf-8")


def test_bingwen_has_its_own_store_and_no_rate_limit_and_stays_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINGWEN_RATE_LIMIT", "60")
    monkeypatch.setenv("BINGWEN_STORE_URL", "sqlite:///var/bingwen.db")
    monkeypatch.setenv("HOST", "0.0.0.0")
    settings = Settings.from_environ(servers.bingwen_environment(tmp_path))
    assert settings.host == "127.0.0.1"
    assert settings.rate_limit == 0
    assert settings.store_url == f"sqlite:///{tmp_path}/store.db"
    assert settings.secret_file == str(tmp_path / "secret")
    assert settings.var_folder == servers.FOLDER
    assert len({settings.port, settings.rasa_port, settings.actions_port}) == 3
