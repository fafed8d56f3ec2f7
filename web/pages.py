"""Pages: what residents see in a browser, with or without JavaScript."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Scope

from assistant.knowledge import Entry
from web.chat import Exchange
from web.headers import content_policy
from web.inputs import checked_message, checked_region
from web.problems import Problem
from web.services import Services, services_of

router = APIRouter()
#: Addresses for browsers, which the OpenAPI document leaves out.
browser = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parent / "static"
_YEAR = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"

templates = Jinja2Templates(Path(__file__).parent / "templates")


class Static(StaticFiles):
    """Static files. An address with a version (`static_url` makes them) is kept for a year, others for an hour."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _YEAR if b"v=" in scope["query_string"] else _HOUR
        return response


def static_url(name: str) -> str:
    """The address of a static file that changes whenever the file does."""
    path = STATIC / name
    return f"/static/{name}?v={_version(path, path.stat().st_mtime_ns)}"


@lru_cache(maxsize=128)
def _version(path: Path, modified: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


templates.env.globals["static_url"] = static_url


@browser.get("/widget.js")
async def widget() -> Response:
    """The script that embeds the chat (as a frame of /embed) in any site."""
    headers = {"Cache-Control": _HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers=headers)


@browser.api_route("/", methods=["GET", "HEAD"])
@browser.api_route("/embed", methods=["GET", "HEAD"])
async def page(request: Request) -> Response:
    """The resident's page; /embed is the same for a frame in another site."""
    return _page(request, services_of(request))


@browser.post("/")
@browser.post("/embed")
async def ask(request: Request) -> Response:
    """The page's form, for browsers without JavaScript: the answer comes as a page."""
    services = services_of(request)
    message, token = "", ""
    region: str | None = None
    try:
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        message, token = form.get("message", ""), form.get("conversation", "")
        services.limits.enforce(request, "chat")
        conversation = services.tokens.read(token)
        # The form always shows a choice, so an empty one is the whole city and not "as before".
        chosen = form.get("region")
        region = conversation.region if chosen is None else checked_region(chosen, services.knowledge)
        exchange = await services.chat.answer(checked_message(message), replace(conversation, region=region))
    except Problem as problem:
        return _page(request, services, problem=problem, draft=message, conversation=token, region=region)
    return _page(request, services, exchange=exchange, conversation=exchange.conversation, region=region)


def _page(
    request: Request,
    services: Services,
    exchange: Exchange | None = None,
    problem: Problem | None = None,
    draft: str = "",
    conversation: str = "",
    region: str | None = None,
) -> Response:
    embedded = request.url.path == "/embed"
    exchanges = [exchange] if exchange else []
    response = templates.TemplateResponse(
        request,
        "page.html",
        {
            "exchanges": [{"message": e.message, "replies": e.replies, "degraded": e.degraded} for e in exchanges],
            "conversation": conversation,
            "region": region,
            "regions": services.knowledge.regions.names,
            "suggestions": _suggestions(services),
            "draft": draft,
            "error": problem.detail if problem else None,
            "wording": services.assistant.wording,
            "action": "/embed" if embedded else "/",
            "embedded": embedded,
        },
        problem.status_code if problem else 200,
        problem.headers if problem else None,
    )
    if embedded:
        response.headers["Content-Security-Policy"] = content_policy(framed_by="*")
    return response


def _suggestions(services: Services) -> list[dict[str, str]]:
    """One question of each topic, to begin with."""
    firsts = [topic.entries[0] for topic in services.knowledge.topics]
    return [{"label": entry.title, "message": entry.questions[0]} for entry in firsts]


@browser.head("/a/{code}")
@router.get("/a/{code}", response_class=HTMLResponse, responses={404: {"description": "没有这个编号的回答（网页）"}})
def answer(request: Request, code: str) -> Response:
    """The permanent page of an answer (HTML)."""
    services = services_of(request)
    assistant, knowledge = services.assistant, services.knowledge
    entry = knowledge.by_code(code)
    if not entry:
        problem = Problem(404, "没有这个编号的回答，可能已经撤下。请回到首页重新提问。")
        context: dict[str, Any] = {"status": 404, "title": problem.title, "detail": problem.detail}
        return templates.TemplateResponse(request, "error.html", {**context, "wording": assistant.wording}, 404)
    today = assistant.today()
    related = [other for name in entry.related if (other := knowledge.get(name))]
    return templates.TemplateResponse(
        request,
        "answer.html",
        {
            "reply": assistant.reply_for(entry).as_dict(today),
            "entry": entry,
            "related": [_link(other) for other in related],
            "today": today,
            "wording": assistant.wording,
        },
    )


def _link(entry: Entry) -> dict[str, str]:
    return {"code": entry.code, "title": entry.title}
