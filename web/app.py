"""The web application: one factory that puts the parts together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from assistant.service import Assistant
from assistant.settings import Settings
from web import api, assets, operations, pages, problems
from web.embedding import SharedWithSites
from web.headers import SecurityHeaders
from web.inputs import BodyLimit
from web.services import Services


class PublicApp(FastAPI):
    """FastAPI, whose OpenAPI document also describes problem documents."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = problems.SCHEMA
        return document


def create_app(settings: Settings, assistant: Assistant | None = None) -> FastAPI:
    """The public application. `assistant` is loaded by the settings if none is given.

    Raises KnowledgeError if the knowledge cannot be used, ValueError if a setting cannot.
    """
    services = Services.make(settings, assistant or Assistant.load(settings))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await services.start()
        yield
        await services.stop()

    # The interactive documentation pages load code from other hosts: they stay off.
    app = PublicApp(title="并问 Bingwen", version="1", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.services = services
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, minimum_size=4096)
    app.add_middleware(SharedWithSites, sites=services.sites)
    app.add_middleware(SecurityHeaders)
    problems.install(app)
    app.include_router(api.router)
    app.include_router(operations.router)
    app.include_router(pages.router)
    app.include_router(pages.browser)
    app.include_router(assets.router)
    return app
