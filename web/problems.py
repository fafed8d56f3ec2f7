"""Problems: every error as an RFC 9457 document, in words that help the person who caused it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.headers import SECURITY_HEADERS

MEDIA_TYPE = "application/problem+json"

#: Status to the problem's name (in its `type`), its title and its detail where nothing better is known.
_KINDS: dict[int, tuple[str, str, str]] = {
    400: ("malformed", "请求格式不正确", "请求的内容不是正确的 JSON，请检查后重试。"),
    403: ("forbidden", "不允许访问", "这个地址只对本机或持有令牌的程序开放。"),
    404: ("not-found", "没有这个地址", "请检查地址是否写对。"),
    405: ("method-not-allowed", "不支持这种请求方式", "这个地址不接受这种请求方式。"),
    413: ("too-long", "内容太长", "请把内容缩短后重试。"),
    422: ("invalid", "内容不正确", "请检查填写的内容后重试。"),
    429: ("too-many-requests", "请求太频繁", "请稍等片刻再试。"),
    500: ("internal", "服务出错", "服务内部出现错误，请稍后重试；急事请直接拨打12345。"),
    503: ("unavailable", "暂时无法回答", "暂时无法回答，请稍后重试；急事请直接拨打12345。"),
}

SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457 problem document",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "example": "urn:bingwen:problem:invalid"},
        "title": {"type": "string", "example": "内容不正确"},
        "status": {"type": "integer", "example": 422},
        "detail": {"type": "string", "example": "问题不能为空。"},
    },
}


class Problem(HTTPException):
    """An error to show: `status` decides type and title, `detail` says what is wrong and what would be right."""

    def __init__(self, status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail or _kind(status)[2], dict(headers or {}))

    @property
    def title(self) -> str:
        return _kind(self.status_code)[1]


def _kind(status: int) -> tuple[str, str, str]:
    return _KINDS.get(status) or _KINDS[500 if status >= 500 else 400]


def problem_response(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """The problem document for `status`."""
    name, title, usual = _kind(status)
    document = {"type": f"urn:bingwen:problem:{name}", "title": title, "status": status, "detail": detail or usual}
    return Response(json.dumps(document, ensure_ascii=False), status, headers, media_type=MEDIA_TYPE)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route's OpenAPI says about the problems that it may answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _kind(status)[1], "content": content} for status in statuses}


def install(app: FastAPI) -> None:
    """Let `app` answer every error with a problem document."""
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(Exception, _of_crash)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if isinstance(error, Problem) else ""
    return problem_response(error.status_code, detail, error.headers)


async def _of_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_response(422, invalid_detail(error.errors()))


async def _of_crash(request: Request, error: Exception) -> Response:
    # This handler runs outside of every middleware, so it sets their headers itself.
    return problem_response(500, headers=SECURITY_HEADERS)


def invalid_detail(errors: Any) -> str:
    """Validation errors (pydantic's list) as one sentence that names the fields."""
    names = [str(error["loc"][-1]) for error in errors if error.get("loc")]
    named = [name for name in dict.fromkeys(names) if name not in ("__root__", "body")]
    return f"这些字段缺少或不正确：{'、'.join(named)}。" if named else "请求的内容应是一个 JSON 对象。"
