"""Settings: the one place that reads the environment, once, at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

#: The project's root folder: knowledge and configuration are found relative to it.
ROOT = Path(__file__).resolve().parent.parent


class SettingError(ValueError):
    """A setting holds a value that cannot be used; the message names it and what would be right."""


def setting(variable: str, default: str | int | float, meaning: str) -> Any:
    """Declare one setting: its environment variable, its default and what it means."""
    return field(default=default, metadata={"variable": variable, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """Every setting of the project, typed. docs/settings.md documents each by its variable."""

    host: str = setting("HOST", "127.0.0.1", "address the public web process binds to")
    port: int = setting("PORT", 8000, "port of the public web process")
    rasa_port: int = setting("BINGWEN_RASA_PORT", 5005, "loopback port of Rasa")
    actions_port: int = setting("BINGWEN_ACTIONS_PORT", 5055, "loopback port of the action server")
    rasa_timeout: float = setting("BINGWEN_RASA_TIMEOUT", 6.0, "seconds to wait for Rasa before answering by search")
    rate_limit: int = setting("BINGWEN_RATE_LIMIT", 60, "messages a minute per client address; 0 turns it off")
    trusted_proxies: str = setting(
        "BINGWEN_TRUSTED_PROXIES",
        "",
        "addresses of reverse proxies whose X-Forwarded-For is believed, separated by commas",
    )
    public_url: str = setting(
        "BINGWEN_PUBLIC_URL", "", "address under which residents reach the web process, for links that leave it"
    )
    embed_sites: str = setting(
        "BINGWEN_EMBED_SITES", "*", "sites that may embed the chat: * for all, or their origins separated by commas"
    )
    store_url: str = setting(
        "BINGWEN_STORE_URL", "sqlite:///var/bingwen.db", "SQLAlchemy URL of the store: SQLite or PostgreSQL"
    )
    secret_file: str = setting(
        "BINGWEN_SECRET_FILE", "var/secret", "file with the signing secret; made at first start, mode 600"
    )
    metrics_token: str = setting("BINGWEN_METRICS_TOKEN", "", "bearer token that opens /metrics to other hosts")
    var: str = setting("BINGWEN_VAR", "var", "folder for files made at run time: configuration, indexes")
    data: str = setting("BINGWEN_DATA", "data", "folder with knowledge, regions, contacts and NLU data")
    today: str = setting("BINGWEN_TODAY", "", "pretend that today is this ISO date (for tests and rehearsals)")

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def data_folder(self) -> Path:
        return ROOT / self.data

    @property
    def var_folder(self) -> Path:
        return ROOT / self.var

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings from `environ`.

        Raises SettingError that names every variable with a value of the wrong type.
        """
        values: dict[str, Any] = {}
        problems = []
        for item in fields(cls):
            raw = environ.get(item.metadata["variable"])
            if raw is None or raw == "":
                continue
            kind: type[str | int | float] = type(item.default)  # type: ignore[assignment]
            try:
                values[item.name] = kind(raw)
            except ValueError:
                problems.append(f"{item.metadata['variable']}={raw!r} must be of type {kind.__name__}")
        if problems:
            raise SettingError("; ".join(problems))
        return cls(**values)


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings.from_environ(os.environ)
