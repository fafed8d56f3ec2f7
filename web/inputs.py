"""Inputs: what clients send, read with a size limit and checked before anything acts on it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, StrictStr, ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.knowledge import Knowledge
from web.problems import Problem, invalid_detail

#: Bytes of a request's body, and characters of a message or note.
MOST_BYTES = 16_384
MOST_CHARACTERS = 500

Reason = Literal["答非所问", "信息过时", "太难懂", "还要打电话", "其他"]
Verdict = Literal["helpful", "unhelpful"]


class ChatRequest(BaseModel):
    """One message of a resident."""

    message: StrictStr = Field(..., maxLength=MOST_CHARACTERS, example="体验官招几个人")
    conversation: StrictStr | None = Field(None, description="the token of the last answer; null begins anew")
    region: StrictStr | None = Field(
        None, description="county or district; null keeps the conversation's", example="阳曲县"
    )


class FeedbackRequest(BaseModel):
    """A verdict on an answer; with a note it is a correction. Name the answer by `code` or by `entry`."""

    code: StrictStr | None = Field(None, example="A17")
    entry: StrictStr | None = Field(None, example="inspector_headcount")
    verdict: Verdict
    reason: Reason | None = None
    note: StrictStr | None = Field(None, maxLength=MOST_CHARACTERS)
    conversation: StrictStr | None = Field(None, description="the conversation's token")


Model = TypeVar("Model", bound=BaseModel)


async def read_json(request: Request, model: type[Model]) -> Model:
    """The body as a `model`. Raises Problem 400 if it is not JSON, 413 if too long, 422 if of wrong types."""
    try:
        data: Any = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Problem(400) from None
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        raise Problem(422, invalid_detail(error.errors())) from None


def checked_message(message: str) -> str:
    """`message` if it can be answered. Raises Problem 413 if it is too long, 422 if it is blank or not text."""
    if len(message) > MOST_CHARACTERS:
        raise Problem(413, f"一次最多 {MOST_CHARACTERS} 个字，现在有 {len(message)} 个，请缩短后再发。")
    if not all(char < "\ud800" or char > "\udfff" for char in message):
        raise Problem(422, "内容里有无法识别的字符。")
    if all(unicodedata.category(char)[0] in "ZC" for char in message):
        raise Problem(422, "问题不能为空，请写下想问的事。")
    return message.replace("\0", "")


def checked_region(region: str | None, knowledge: Knowledge) -> str | None:
    """The full name of the county or district; None for none. Raises Problem 422 if it is not one of them."""
    if not region or not region.strip():
        return None
    found = knowledge.regions.get(region.strip())
    if not found:
        raise Problem(422, f"没有这个地区。可用的有：{'、'.join(knowledge.regions.names)}。")
    return found.name


class BodyLimit:
    """Stops reading a request's body beyond MOST_BYTES, with Problem 413."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST_BYTES:
                raise Problem(413, f"请求的内容最多 {MOST_BYTES} 字节。")
            return message

        await self._app(scope, receive_some if scope["type"] == "http" else receive, send)
