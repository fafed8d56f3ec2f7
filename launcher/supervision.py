"""Supervision: the three processes under supervisord, which restarts one that dies and stops them all."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from assistant.settings import ROOT, Settings

#: Rasa takes longest to start and to answer: the others give way to it where processors are few.
_PRIORITIES = dict.fromkeys(("actions", "web"), ("nice", "-n", "5"))


def commands(settings: Settings, model: Path) -> Mapping[str, list[str]]:
    """Name to command of each process, in the order of starting."""
    endpoints = settings.var_folder / "endpoints.yml"
    return {
        "rasa": [
            *[sys.executable, "-m", "launcher.rasa", "--port", str(settings.rasa_port), "--model", str(model)],
            *["--endpoints", str(endpoints), "--credentials", "credentials.yml"],
        ],
        # What `rasa run actions` runs, without loading the rest of Rasa first.
        "actions": [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port)],
        "web": [sys.executable, "-m", "web"],
    }


def write_configuration(settings: Settings, model: Path) -> Path:
    """Write supervisord's configuration and Rasa's endpoints for these settings; returns the former."""
    folder = settings.var_folder
    folder.mkdir(parents=True, exist_ok=True)
    endpoints = YAML().load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"{settings.actions_url}/webhook"
    with (folder / "endpoints.yml").open("w", encoding="utf-8") as file:
        YAML().dump(endpoints, file)
    configuration = folder / "supervisord.conf"
    configuration.write_text(_configuration(settings, model), encoding="utf-8")
    return configuration


def _configuration(settings: Settings, model: Path) -> str:
    root_user = "user=root\n" if os.geteuid() == 0 else ""  # Without it supervisord warns on every start.
    pidfile = settings.var_folder / "supervisord.pid"
    prefix = shlex.join([sys.executable, "-m", "launcher.prefix"])
    sections = [
        "[supervisord]\nnodaemon=true\nlogfile=/dev/null\nlogfile_maxbytes=0\nloglevel=critical\n"
        f"pidfile={_escaped(str(pidfile))}\ndirectory={_escaped(str(ROOT))}\n{root_user}",
        f"[eventlistener:prefix]\ncommand={_escaped(prefix)}\nevents=PROCESS_LOG\nbuffer_size=1000\n"
        "stderr_logfile=/dev/fd/2\nstderr_logfile_maxbytes=0\npriority=1\n",
    ]
    for name, command in commands(settings, model).items():
        line = shlex.join([*_PRIORITIES.get(name, ()), *command])
        sections.append(
            f"[program:{name}]\ncommand={_escaped(line)}\nautorestart=true\nstartsecs=2\nstartretries=1000\n"
            "stopasgroup=true\nkillasgroup=true\nstopwaitsecs=10\nredirect_stderr=true\n"
            "stdout_logfile=NONE\nstdout_events_enabled=true\n"
        )
    return "\n".join(sections)


def _escaped(text: str) -> str:
    """supervisord expands percent signs in its configuration."""
    return text.replace("%", "%%")
