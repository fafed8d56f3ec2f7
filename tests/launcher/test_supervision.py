"""Supervision: configuration that supervisord reads, for processes that only this machine reaches."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from supervisor.options import ServerOptions

from assistant.settings import ROOT, Settings
from launcher import supervision

ARCHIVE = Path("/models of mine/bingwen-1.tar.gz")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a folder for runtime files whose name could confuse a parser."""
    var = tmp_path / "100% var; x"
    return Settings(host="0.0.0.0", port=8001, rasa_port=6005, actions_port=6055, var=str(var))


@pytest.fixture
def options(settings: Settings) -> Any:
    """The written configuration as supervisord understands it."""
    options = ServerOptions()
    options.realize(["-c", str(supervision.write_configuration(settings, ARCHIVE))])
    return options


def processes(options: Any) -> dict[str, Any]:
    return {group.name: group.process_configs[0] for group in options.process_group_configs}


def test_supervisord_reads_the_configuration(options: Any, settings: Settings) -> None:
    assert set(processes(options)) == {"actions", "rasa", "web", "prefix"}
    assert options.pidfile == str(settings.var_folder / "supervisord.pid")
    assert options.directory == str(ROOT)
    assert options.nodaemon


def test_each_process_is_started_with_its_command(options: Any, settings: Settings) -> None:
    commands = supervision.commands(settings, ARCHIVE)
    configured = processes(options)
    for name, command in commands.items():
        words = shlex.split(configured[name].command)
        assert words[-len(command) :] == command
        assert command[0] == sys.executable


def test_the_others_give_way_to_rasa(options: Any) -> None:
    starts = {name: shlex.split(process.command)[:3] for name, process in processes(options).items()}
    assert starts["actions"] == starts["web"] == ["nice", "-n", "5"]
    assert starts["rasa"][0] == sys.executable


def test_every_process_is_restarted_and_stopped_with_its_children(options: Any) -> None:
    for name, process in processes(options).items():
        if name != "prefix":
            assert process.autorestart
            assert process.stopasgroup
            assert process.killasgroup


def test_rasa_gets_its_port_and_the_exact_model(options: Any) -> None:
    rasa = shlex.split(processes(options)["rasa"].command)
    assert rasa[1:3] == ["-m", "launcher.rasa"]
    assert rasa[rasa.index("--port") + 1] == "6005"
    assert rasa[rasa.index("--model") + 1] == str(ARCHIVE)


def test_rasa_finds_the_actions_on_this_machine(options: Any, settings: Settings) -> None:
    rasa = shlex.split(processes(options)["rasa"].command)
    endpoints = Path(rasa[rasa.index("--endpoints") + 1])
    assert endpoints.parent == settings.var_folder
    document = YAML(typ="safe").load(endpoints.read_text(encoding="utf-8"))
    assert document["action_endpoint"]["url"] == "http://127.0.0.1:6055/webhook"


def test_rasa_keeps_the_other_settings_of_its_endpoints(settings: Settings) -> None:
    supervision.write_configuration(settings, ARCHIVE)
    written = YAML(typ="safe").load((settings.var_folder / "endpoints.yml").read_text(encoding="utf-8"))
    project = YAML(typ="safe").load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    assert project["action_endpoint"].pop("url") != written["action_endpoint"].pop("url")
    assert written == project != {"action_endpoint": {}}


def test_the_actions_get_their_port(options: Any) -> None:
    actions = shlex.split(processes(options)["actions"].command)
    assert " -m rasa_sdk --actions actions " in shlex.join(actions)
    assert actions[actions.index("--port") + 1] == "6055"


def test_the_configuration_can_be_written_again(settings: Settings) -> None:
    first = supervision.write_configuration(settings, Path("a.tar.gz")).read_text()
    second = supervision.write_configuration(settings, Path("b.tar.gz")).read_text()
    assert first.replace("a.tar.gz", "b.tar.gz") == second
