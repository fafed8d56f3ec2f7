"""Documents: the shapes of responses, for the OpenAPI description only. Nothing is validated against them again."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from assistant.reply import Kind
from assistant.validity import Status


class SourceDocument(BaseModel):
    headline: str
    published: str | None = Field(description="2026-03 or 2026-03-06")
    url: str | None


class ValidDocument(BaseModel):
    from_: str | None = Field(alias="from", description="first day, ISO 8601")
    until: str | None = Field(description="last day, ISO 8601")
    status: Status


class ContactDocument(BaseModel):
    name: str
    phone: str | None


class SuggestionDocument(BaseModel):
    label: str = Field(description="what the button says")
    message: str = Field(description="what it sends")


class ReplyDocument(BaseModel):
    kind: Kind
    entry: str | None = Field(description="set for answer and urgent only")
    title: str | None
    text: str = Field(description="the whole reply as plain text, enough on its own")
    answer: str | None = Field(description="the text without source, validity and contacts; null for other kinds")
    script: str | None = Field(description="one sentence to read aloud; null for other kinds")
    source: SourceDocument | None
    valid: ValidDocument | None
    department: str | None
    region: str | None
    contacts: list[ContactDocument]
    suggestions: list[SuggestionDocument]
    code: str | None = Field(description="short code of the answer; its permanent page is /a/<code>")


class ChatDocument(BaseModel):
    conversation: str = Field(description="signed token: send it back with the next message")
    degraded: bool = Field(description="answered by search alone, because the dialogue side is down")
    replies: list[ReplyDocument] = Field(min_items=1, max_items=3)


class StartDocument(BaseModel):
    title: str = Field(description="what the assistant calls itself")
    regions: list[str] = Field(description="counties and districts to choose from")
    suggestions: list[SuggestionDocument] = Field(description="questions to begin with, one a topic")


class ResultDocument(BaseModel):
    entry: str
    title: str
    text: str
    answer: str
    script: str
    score: float = Field(ge=0, le=1)
    topic: str
    code: str
    region: str | None
    department: str | None
    source: SourceDocument | None
    valid: ValidDocument | None
    contacts: list[ContactDocument]


class SearchDocument(BaseModel):
    results: list[ResultDocument]


class TicketDocument(BaseModel):
    ticket: str = Field(description="name it when asking what became of the feedback", example="K7MX3P")


State = Literal["up", "down"]


class PartsDocument(BaseModel):
    rasa: State
    actions: State
    store: State


class HealthDocument(BaseModel):
    status: Literal["ok", "degraded"]
    parts: PartsDocument
    model: str | None
    knowledge: str
