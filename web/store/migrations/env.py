"""Run by alembic: on the connection that the web process hands over, or on the store of the settings."""

from __future__ import annotations

from typing import Any

from alembic import context

from assistant.settings import get_settings
from web.store.engine import make_engine
from web.store.tables import metadata


def upgrade(connection: Any) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    upgrade(given)
else:
    with make_engine(get_settings().store_url).begin() as own:
        upgrade(own)
