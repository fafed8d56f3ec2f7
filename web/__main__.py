"""`python -m web`: the public web process."""

from __future__ import annotations

import sys

import uvicorn

from assistant.knowledge import KnowledgeError
from assistant.memory import freeze
from assistant.settings import get_settings
from web import logs
from web.app import create_app


def main() -> int:
    """Serve until told to stop. Returns 1 if the settings or the knowledge cannot be used."""
    try:
        settings = get_settings()
        app = create_app(settings)
    except (KnowledgeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    freeze()
    logs.configure()
    # proxy_headers off: uvicorn would believe X-Forwarded-For from any process of this machine.
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
