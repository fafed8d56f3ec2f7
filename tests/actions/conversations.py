"""Conversations as the action server gets them from Rasa."""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from assistant.settings import ROOT

DOMAIN: dict[str, Any] = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def parsed(text: str, *ranking: tuple[str, float], coverage: float = 0.99, **more: Any) -> dict[str, Any]:
    """A message's parse as our pipeline makes it: a sure best intent, or the fallback before the ranking."""
    ranked = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    if not ranked or ranked[0]["confidence"] < 0.8:
        ranked.insert(0, {"name": "nlu_fallback", "confidence": 0.3})
    return {"text": text, "intent": ranked[0], "intent_ranking": ranked, "coverage": coverage, "entities": [], **more}


@dataclass
class Conversation:
    """What Rasa's tracker holds, and what an action said."""

    slots: dict[str, Any] = field(default_factory=dict)
    active_loop: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)

    def run(self, action: Action, message: dict[str, Any]) -> list[dict[str, Any]]:
        """Run the action on a message; its events change the slots and the loop, as Rasa would."""
        dispatcher = CollectingDispatcher()
        tracker = Tracker(
            "resident", dict(self.slots), message, self.events, False, None, self.active_loop, "action_listen"
        )
        result: Any = action.run(dispatcher, tracker, DOMAIN)
        events: list[dict[str, Any]] = asyncio.run(result) if inspect.isawaitable(result) else result
        self.said = dispatcher.messages
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "active_loop":
                self.active_loop = {"name": event["name"]} if event["name"] else {}
        return events

    @property
    def replies(self) -> list[dict[str, Any]]:
        """The contract's reply objects."""
        return [message["custom"] for message in self.said]

    @property
    def entries(self) -> list[str | None]:
        return [reply["entry"] for reply in self.replies]

    @property
    def kinds(self) -> list[str]:
        return [reply["kind"] for reply in self.replies]
