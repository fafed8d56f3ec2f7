"""Embedding: which other sites may show the chat, and what browsers are told so that they can."""

from __future__ import annotations

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

#: What pages of other sites may ask for: answers, and the scripts and styles that show them. Never a page of staff.
_SHARED = ("/api/", "/assets/")


def parse_sites(text: str) -> tuple[str, ...]:
    """Origins separated by commas, or * for every site. Raises ValueError that names what is neither."""
    sites = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    for site in sites:
        scheme, separator, host = site.partition("://")
        if site != "*" and (scheme not in ("http", "https") or not separator or not host or "/" in host):
            right = "https://www.example.gov.cn or *"
            raise ValueError(f"BINGWEN_EMBED_SITES: {site!r} is no origin; right would be {right}")
    return sites


def framed_by(sites: tuple[str, ...]) -> str:
    """Who may show the chat in a frame, as a Content-Security-Policy says it."""
    return "*" if "*" in sites else " ".join(("'self'", *sites))


class SharedWithSites:
    """Lets pages of `sites` read answers and assets. No cookie takes part, so nothing is read in anybody's name."""

    def __init__(self, app: ASGIApp, sites: tuple[str, ...]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=sites,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
            expose_headers=["Retry-After"],
            max_age=86_400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared = scope["type"] == "http" and scope["path"].startswith(_SHARED)
        await (self._shared if shared else self._app)(scope, receive, send)
