"""Conversation: the tracker as the assistant's context, and replies as messages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from assistant.answering import Context
from assistant.memory import freeze
from assistant.reply import Reply
from assistant.service import Assistant
from assistant.settings import get_settings


@lru_cache(maxsize=1)
def get_assistant() -> Assistant:
    """The assistant of this process: loaded when the action server makes its actions, not at the first question."""
    assistant = Assistant.load(get_settings())
    freeze()
    return assistant


def context_of(tracker: Tracker) -> Context:
    """What the conversation remembers. What the client sent along counts where the tracker knows nothing."""
    sent: dict[str, Any] = tracker.latest_message.get("metadata") or {}
    return Context(
        region=tracker.get_slot("region") or sent.get("region"),
        entry=tracker.get_slot("entry") or sent.get("entry"),
        choices=tuple(tracker.get_slot("choices") or ()),
    )


def remember(before: Context, after: Context) -> list[dict[str, Any]]:
    """Slot events for what changed."""
    changed = []
    for name in ("region", "entry", "choices"):
        value = getattr(after, name)
        if value != getattr(before, name):
            changed.append(SlotSet(name, list(value) if isinstance(value, tuple) else value))
    return changed


def send(dispatcher: CollectingDispatcher, replies: Iterable[Reply]) -> None:
    """Each reply as text with buttons, and as the contract's object under `custom`."""
    today = get_assistant().today()
    for reply in replies:
        buttons = [{"title": item.label, "payload": item.message} for item in reply.suggestions]
        dispatcher.utter_message(text=reply.text, buttons=buttons, json_message=reply.as_dict(today))
