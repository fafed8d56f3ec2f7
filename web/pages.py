"""Pages: what residents see in a browser, with or without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import segno
from fastapi import APIRouter
from fastapi.templating import Jinja2Templates
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.knowledge import Entry
from web.assets import asset_url
from web.chat import Exchange
from web.embedding import framed_by
from web.headers import content_policy
from web.inputs import checked_message, checked_region
from web.problems import Problem
from web.services import Services, services_of

router = APIRouter()
#: Addresses for browsers, which the OpenAPI document leaves out.
browser = APIRouter(include_in_schema=False)

templates = Jinja2Templates(Path(__file__).parent / "templates")


templates.env.globals["asset_url"] = asset_url


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
            "suggestions": services.suggestions(),
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
        response.headers["Content-Security-Policy"] = content_policy(framed_by(services.sites))
    return response


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
    address = f"{(services.settings.public_url or str(request.base_url)).rstrip('/')}/a/{entry.code}"
    related = [other for name in entry.related if (other := knowledge.get(name))]
    return templates.TemplateResponse(
        request,
        "answer.html",
        {
            "reply": assistant.reply_for(entry).as_dict(today),
            "entry": entry,
            "related": [_link(other) for other in related],
            "address": address,
            "qr": segno.make(address, error="m").svg_inline(scale=4, border=2),
            "today": today,
            "wording": assistant.wording,
        },
    )


def _link(entry: Entry) -> dict[str, str]:
    return {"code": entry.code, "title": entry.title}
