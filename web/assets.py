"""Assets: scripts and styles for browsers, at addresses that change whenever any of them does."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from web.problems import Problem

router = APIRouter(include_in_schema=False)

FOLDER = Path(__file__).parent / "static"
_YEAR = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_EMBED = "widget.js"


def asset_url(name: str) -> str:
    """The address of an asset on this host."""
    return f"/assets/{version()}/{name}"


def version() -> str:
    """What the assets are as they stand, in twelve characters: they load each other, so they share it."""
    files = sorted(path for path in FOLDER.iterdir() if path.suffix in _TYPES)
    return _digest(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=8)
def _digest(files: tuple[tuple[Path, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _ in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@router.get("/widget.js")
async def widget() -> Response:
    """The script that puts the chat into any site. It names the version of what it loads."""
    text = (FOLDER / _EMBED).read_text(encoding="utf-8").replace("__VERSION__", version())
    headers = {"Cache-Control": _HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(text, media_type=_TYPES[".js"], headers=headers)


@router.get("/assets/{wanted}/{name}")
async def asset(wanted: str, name: str) -> Response:
    """An asset. Another version than the present one, asked for by a page from before an update, is not kept."""
    path = FOLDER / name
    if path.suffix not in _TYPES or path.parent != FOLDER or name == _EMBED or not path.is_file():
        raise Problem(404)
    kept = _YEAR if wanted == version() else "no-cache"
    headers = {"Cache-Control": kept, "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(path, media_type=_TYPES[path.suffix], headers=headers)
