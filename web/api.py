"""The public JSON interface: chat, search, feedback."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.knowledge import Entry, Knowledge
from assistant.privacy import mask
from assistant.service import Assistant
from web.documents import ChatDocument, SearchDocument, StartDocument, TicketDocument
from web.inputs import ChatRequest, FeedbackRequest, Model, checked_message, checked_region, read_json
from web.logs import log
from web.problems import Problem, problem_responses
from web.services import services_of
from web.store import StoreError

router = APIRouter(prefix="/api")

#: Fields of a reply that a search result shows too.
_RESULT_FIELDS = ("text", "answer", "script", "region", "department", "source", "valid", "contacts")


def _body(model: type[Model]) -> dict[str, Any]:
    """OpenAPI's description of a JSON body that the route reads itself."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model.schema()}}}}


@router.post(
    "/chat",
    response_model=ChatDocument,
    responses=problem_responses(400, 413, 422, 429, 503),
    openapi_extra=_body(ChatRequest),
)
async def chat(request: Request) -> Response:
    """Answer one message of a resident."""
    services = services_of(request)
    services.limits.enforce(request, "chat")
    body = await read_json(request, ChatRequest)
    message = checked_message(body.message)
    region = checked_region(body.region, services.knowledge)
    conversation = services.tokens.read(body.conversation)
    exchange = await services.chat.answer(message, replace(conversation, region=region or conversation.region))
    return JSONResponse(exchange.as_dict())


@router.get("/start", response_model=StartDocument)
async def start(request: Request) -> Response:
    """What a chat shows before the first question."""
    services = services_of(request)
    document = {
        "title": services.assistant.wording["title"],
        "regions": services.knowledge.regions.names,
        "suggestions": services.suggestions(),
    }
    return JSONResponse(document, headers={"Cache-Control": "public, max-age=300"})


@router.get("/search", response_model=SearchDocument, responses=problem_responses(413, 422, 429))
async def search(
    request: Request,
    q: str = Query(description="what to look for", examples=["体验官"]),
    region: str | None = Query(None, description="county or district"),
    topic: str | None = Query(None, description="topic id"),
    limit: int = Query(10, ge=1, le=50),
) -> Response:
    """Search the knowledge. Needs neither Rasa nor a conversation."""
    services = services_of(request)
    services.limits.enforce(request, "search")
    query = checked_message(q)
    place = checked_region(region, services.knowledge)
    if topic and not services.knowledge.topic(topic):
        raise Problem(422, f"没有这个主题。可用的有：{'、'.join(known.id for known in services.knowledge.topics)}。")
    results = await to_thread.run_sync(_search, services.assistant, query, place, topic or None, limit)
    return JSONResponse({"results": results})


def _search(
    assistant: Assistant, query: str, region: str | None, topic: str | None, limit: int
) -> list[dict[str, Any]]:
    today = assistant.today()
    results = []
    for hit in assistant.search(query, region=region, topic=topic, limit=limit):
        reply = assistant.reply_for(hit.entry, region).as_dict(today)
        results.append(
            {
                "entry": hit.entry.id,
                "title": hit.entry.title,
                "score": round(min(max(hit.score, 0.0), 1.0), 3),
                "topic": hit.entry.topic,
                "code": hit.entry.code,
                **{field: reply[field] for field in _RESULT_FIELDS},
            }
        )
    return results


@router.post(
    "/feedback",
    status_code=201,
    response_model=TicketDocument,
    responses=problem_responses(400, 413, 422, 429, 503),
    openapi_extra=_body(FeedbackRequest),
)
async def feedback(request: Request) -> Response:
    """Take a verdict on an answer, or a correction of it, and hand out a ticket."""
    services = services_of(request)
    services.limits.enforce(request, "feedback")
    body = await read_json(request, FeedbackRequest)
    entry = _entry_of(body, services.knowledge)
    note = mask(checked_message(body.note)) if body.note and body.note.strip() else None
    conversation = services.tokens.known(body.conversation)
    row = {
        "at": dt.datetime.now(dt.timezone.utc).replace(tzinfo=None),
        "kind": "correction" if note else "verdict",
        "code": entry.code,
        "entry": entry.id,
        "verdict": body.verdict,
        "reason": body.reason,
        "note": note.text if note else None,
        "conversation": conversation.id if conversation else None,
    }
    try:
        ticket = await to_thread.run_sync(services.store.add_feedback, row)
    except StoreError:
        raise Problem(503, "暂时无法记录，请稍后再试。") from None
    for sort in note.found if note else ():
        services.metrics.masked.labels(sort).inc()
    services.metrics.feedback.labels(body.verdict).inc()
    log("feedback", ticket=ticket, kind=row["kind"], entry=entry.id, verdict=body.verdict)
    return JSONResponse({"ticket": ticket}, 201)


def _entry_of(body: FeedbackRequest, knowledge: Knowledge) -> Entry:
    """The entry that feedback is about. Raises Problem 422 if it names none, or two that differ."""
    by_code = knowledge.by_code(body.code) if body.code else None
    by_id = knowledge.get(body.entry) if body.entry else None
    named = [entry for given, entry in ((body.code, by_code), (body.entry, by_id)) if given]
    if not named or named[0] is None or any(entry is not named[0] for entry in named):
        raise Problem(422, "请用 code 或 entry 写明是哪一条回答，并且它要存在。")
    return named[0]
